import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GoModule } from "../../cli/engine/go-module.ts";
import { place } from "../../cli/engine/install.ts";
import { withLock } from "../../cli/engine/lock.ts";
import { builtKey, cacheFolder } from "../../cli/engine/places.ts";
import { buildModule } from "../../cli/engine/source/build.ts";

const VERSION = "k8s.io/component-base/version";
/** Without these the server calls itself v0.0.0, and Pulumi's provider refuses it. */
const KUBERNETES = [
  "gitVersion=v1.36.3",
  "gitMajor=1",
  "gitMinor=36",
  "gitTreeState=clean",
  "buildDate=2026-01-01T00:00:00Z",
].map((pair) => `-X ${VERSION}.${pair}`);

const program = (folder: string, target: string, coldMinutes: number, flags: readonly string[] = []): GoModule => ({
  folder: new URL(`../cluster/modules/${folder}/`, import.meta.url),
  files: ["go.mod", "go.sum"],
  target,
  tags: [],
  linkFlags: ["-s", "-w", ...flags].join(" "),
  coldMinutes,
});

/** A Kubernetes API and what acts on it, each built from its published Go modules as go.sum has them. */
const PROGRAMS = {
  etcd: program("etcd", "go.etcd.io/etcd/server/v3", 1),
  "kube-apiserver": program("kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver", 4, KUBERNETES),
  "kube-controller-manager": program("kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager", 1, KUBERNETES),
  kueue: program("kueue", "sigs.k8s.io/kueue/cmd/kueue", 3),
};
export type Program = keyof typeof PROGRAMS;
const NAMES = Object.keys(PROGRAMS) as Program[];

/** Kueue reads the certificates of its metrics from a fixed path of the system: here from its working folder. */
const KUEUE_CERTIFICATES = ["/etc/kueue/metrics/certs", "./../kueue/metrics/certs"] as const;

const folder = join(cacheFolder(process.env), "cluster", builtKey([...KUEUE_CERTIFICATES], Object.values(PROGRAMS)));
export const programIn = (name: Program): string => join(folder, name);

/** Builds what the cache lacks; null when all is in place, else why it is not. */
async function ensurePrograms(): Promise<string | null> {
  if (NAMES.every((name) => existsSync(programIn(name)))) return null;
  return withLock(
    `${folder}.lock`,
    () => process.stderr.write("another run is building the cluster's programs: waiting for it\n"),
    async (scratch) => {
      for (const name of NAMES.filter((each) => !existsSync(programIn(each)))) {
        const built = await buildModule(PROGRAMS[name], name, process.env, scratch, (event) => {
          if (event.kind === "step") process.stderr.write(`${event.text}\n`);
        });
        if ("why" in built) return `${name}: ${built.why}`;
        if (name === "kueue") replaceInPlace(built.at, ...KUEUE_CERTIFICATES);
        place(built.at, programIn(name));
      }
      return null;
    },
  );
}

/** Replaces a text constant of a program by one of the same length. */
function replaceInPlace(file: string, constant: string, by: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(constant);
  if (at < 0 || constant.length !== by.length)
    throw new Error(`${file} does not hold ${constant}, or ${by} is of another length`);
  bytes.write(by, at);
  writeFileSync(file, bytes);
}

/** True where tests of the real Kubernetes API were asked for: its programs take some eight minutes to build the first time. */
export const hasCluster = process.env.MILLRACE_TEST_CLUSTER === "required";

if (hasCluster) {
  const missing = await ensurePrograms();
  if (missing !== null) throw new Error(`no Kubernetes API to test on: ${missing}`);
} else process.stderr.write("skipped, it takes a Kubernetes API: npm run test:cluster builds one and tests on it\n");
