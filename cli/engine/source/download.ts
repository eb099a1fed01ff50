import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { run } from "../command.ts";
import { place, pulumiOf } from "../install.ts";
import type { Progress } from "../progress.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "../versions.ts";

const RELEASES = "https://github.com/pulumi/pulumi/releases/download";
const CONNECT_MS = 8_000;
const TRANSFER_MS = 300_000;

const ARCH: ReadonlyMap<string, string> = new Map([
  ["x64", "x64"],
  ["arm64", "arm64"],
]);
const OS: ReadonlyMap<string, string> = new Map([
  ["linux", "linux"],
  ["darwin", "darwin"],
]);

/** Fetches the official release, holds it against its published checksum, and lets it fetch the provider; a reason where it cannot. */
export async function downloadEngine(root: string, home: string, progress: Progress): Promise<string | null> {
  const os = OS.get(process.platform);
  const arch = ARCH.get(process.arch);
  if (os === undefined || arch === undefined) return `no official release for ${process.platform} ${process.arch}`;
  progress({ kind: "step", text: `fetching Pulumi ${PULUMI_VERSION} from its official release` });
  const name = `pulumi-v${PULUMI_VERSION}-${os}-${arch}.tar.gz`;
  const work = mkdtempSync(join(tmpdir(), "millrace-download-"));
  try {
    const sums = await fetched(`${RELEASES}/v${PULUMI_VERSION}/pulumi-${PULUMI_VERSION}-checksums.txt`);
    if (typeof sums === "string") return sums;
    const archive = await fetched(`${RELEASES}/v${PULUMI_VERSION}/${name}`);
    if (typeof archive === "string") return archive;
    const expected = sums
      .toString("utf8")
      .split("\n")
      .find((line) => line.trim().endsWith(name))
      ?.split(/\s+/)[0];
    const actual = createHash("sha256").update(archive).digest("hex");
    if (expected !== actual) return `${name} does not have its published checksum`;
    return await unpack(archive, work, root, home, progress);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function unpack(
  archive: Buffer,
  work: string,
  root: string,
  home: string,
  progress: Progress,
): Promise<string | null> {
  const file = join(work, "pulumi.tar.gz");
  writeFileSync(file, archive);
  const unpacked = await run("tar", ["-xzf", file, "-C", work]);
  if (unpacked.code !== 0) return `the release cannot be unpacked: ${unpacked.stderr.slice(0, 200)}`;
  const listed = await run("find", [join(work, "pulumi"), "-type", "f", "-perm", "-u+x"]);
  for (const path of listed.stdout.split("\n").filter((line) => line !== ""))
    place(path, join(root, "bin", basename(path)));
  progress({ kind: "step", text: `fetching the Kubernetes provider ${KUBERNETES_VERSION}` });
  const plugin = await run(pulumiOf(root), ["plugin", "install", "resource", "kubernetes", KUBERNETES_VERSION], {
    environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: TRANSFER_MS,
  });
  return plugin.code === 0 ? null : `the Kubernetes provider cannot be fetched: ${plugin.stderr.trim().slice(-200)}`;
}

/** The body of a page, or why there is none; a way out that is not there is noticed within seconds. */
async function fetched(url: string): Promise<Buffer | string> {
  const connect = new AbortController();
  const timer = setTimeout(() => connect.abort(), CONNECT_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([connect.signal, AbortSignal.timeout(TRANSFER_MS)]) });
    clearTimeout(timer);
    if (!response.ok) return `${new URL(url).pathname.split("/").at(-1)}: HTTP ${response.status}`;
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    return connect.signal.aborted
      ? "the official download cannot be reached"
      : `the official download cannot be reached: ${reasonOf(error)}`;
  } finally {
    clearTimeout(timer);
  }
}

const reasonOf = (error: unknown): string => {
  const cause = (error as { cause?: { code?: string } }).cause;
  return cause?.code ?? (error as Error).name;
};
