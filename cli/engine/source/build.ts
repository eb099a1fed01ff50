import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, which } from "../command.ts";
import { place, placeProvider, pulumiOf } from "../install.ts";
import { moduleFolder, PROVIDER_FLAGS, PULUMI_FLAGS } from "../places.ts";
import type { Progress } from "../progress.ts";

interface Part {
  readonly module: "pulumi" | "kubernetes-provider";
  readonly what: string;
  readonly flags: readonly string[];
  readonly target: string;
  readonly output: string;
}

const PARTS: readonly Part[] = [
  {
    module: "pulumi",
    what: "the Pulumi command line",
    flags: PULUMI_FLAGS,
    target: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    output: "pulumi",
  },
  {
    module: "kubernetes-provider",
    what: "the Kubernetes provider",
    flags: PROVIDER_FLAGS,
    target: ".",
    output: "pulumi-resource-kubernetes",
  },
];

/** Builds engine and provider from their published Go modules, checked by go.sum; a reason where it cannot. */
export async function buildEngine(root: string, home: string, progress: Progress): Promise<string | null> {
  const go = which("go", process.env.PATH ?? "");
  if (go === null) return "no Go toolchain on PATH";
  progress({
    kind: "step",
    text: "building the engine from its published Go modules: about ten minutes on two cores the first time, once",
  });
  const work = mkdtempSync(join(tmpdir(), "millrace-build-"));
  try {
    for (const part of PARTS) {
      const failed = await buildPart(go, part, work, progress);
      if (failed !== null) return failed;
    }
    place(join(work, "bin", "pulumi"), pulumiOf(root));
    placeProvider(join(work, "bin", "pulumi-resource-kubernetes"), home);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function buildPart(go: string, part: Part, work: string, progress: Progress): Promise<string | null> {
  const folder = join(work, part.module);
  cpSync(fileURLToPath(moduleFolder(part.module)), folder, { recursive: true });
  const environment = { CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off" };
  progress({ kind: "step", text: `${part.what}: fetching its modules` });
  const listed = await run(
    go,
    ["list", "-deps", "-f", "{{.ImportPath}}", ...part.flags.slice(0, part.flags.indexOf("-ldflags")), part.target],
    {
      cwd: folder,
      environment,
      onLine: (line) =>
        line.startsWith("go: downloading") && progress({ kind: "detail", text: line.slice("go: ".length) }),
    },
  );
  if (listed.code !== 0) return reason(`${part.what}: modules cannot be had`, listed.stderr);
  const packages = listed.stdout.split("\n").filter((line) => line !== "").length;
  let done = 0;
  const built = await run(go, ["build", "-v", ...part.flags, "-o", join(work, "bin", part.output), part.target], {
    cwd: folder,
    environment,
    onLine: () => progress({ kind: "share", done: Math.min(++done, packages), of: packages, text: part.what }),
  });
  return built.code === 0 ? null : reason(`${part.what} does not build`, built.stderr);
}

/** The last lines that tell something. */
const reason = (what: string, output: string): string => {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("go: downloading"));
  return `${what}: ${lines.slice(-3).join(" ").slice(0, 300)}`;
};
