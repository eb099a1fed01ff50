import { createHash } from "node:crypto";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "../versions.ts";
import { type Fetched, fetched } from "./fetched.ts";

const RELEASES = `https://github.com/pulumi/pulumi/releases/download/v${PULUMI_VERSION}`;
const PROVIDER_RELEASES = `https://github.com/pulumi/pulumi-kubernetes/releases/download/v${KUBERNETES_VERSION}`;
const ANY_EXECUTE = 0o111;
const NOT_FOUND = 404;

/** How releases name systems and processors; the provider's say amd64 for x64. */
const OS: ReadonlyMap<string, string> = new Map([
  ["linux", "linux"],
  ["darwin", "darwin"],
]);
const ARCH: ReadonlyMap<string, { readonly pulumi: string; readonly provider: string }> = new Map([
  ["x64", { pulumi: "x64", provider: "amd64" }],
  ["arm64", { pulumi: "arm64", provider: "arm64" }],
]);

/** Fetches the official release into a scratch folder and holds it against its published checksum. */
export async function downloadRelease(
  scratch: string,
): Promise<{ readonly executables: readonly string[] } | { readonly why: string }> {
  const os = OS.get(process.platform);
  const arch = ARCH.get(process.arch)?.pulumi;
  if (os === undefined || arch === undefined) return { why: `no release for ${process.platform} ${process.arch}` };
  const name = `pulumi-v${PULUMI_VERSION}-${os}-${arch}.tar.gz`;
  const sums = await fetched(`${RELEASES}/pulumi-${PULUMI_VERSION}-checksums.txt`);
  if (!sums.ok) return { why: sums.why };
  const archive = await fetched(`${RELEASES}/${name}`);
  if (!archive.ok) return { why: archive.why };
  const sha256 = createHash("sha256").update(archive.body).digest("hex");
  if (sumOf(name, sums) !== sha256) return { why: `${name} does not have its published checksum` };
  return unpack(archive.body, scratch);
}

/**
 * The checksum that the provider's release publishes; null where it publishes none for this platform: the engine then
 * fetches it by its own rules, over TLS from the same place, and it is still run before it counts.
 */
export async function publishedProviderSum(): Promise<{ readonly sha256: string | null } | { readonly why: string }> {
  const sums = await fetched(`${PROVIDER_RELEASES}/pulumi-kubernetes_${KUBERNETES_VERSION}_checksums.txt`);
  if (!sums.ok) return sums.status === NOT_FOUND ? { sha256: null } : { why: sums.why };
  const arch = ARCH.get(process.arch)?.provider;
  const name = `pulumi-resource-kubernetes-v${KUBERNETES_VERSION}-${OS.get(process.platform)}-${arch}.tar.gz`;
  return { sha256: sumOf(name, sums) };
}

/** A line of a checksum file is the sum, blanks, the file's name. */
function sumOf(name: string, sums: Extract<Fetched, { ok: true }>): string | null {
  const lines = sums.body.toString("utf8").split("\n");
  const columns = lines.map((line) => line.trim().split(/\s+\*?/));
  return columns.find((column) => column[1] === name)?.[0]?.toLowerCase() ?? null;
}

async function unpack(archive: Buffer, scratch: string) {
  const file = join(scratch, "release.tar.gz");
  writeFileSync(file, archive);
  const unpacked = await run("tar", ["-xzf", file, "-C", scratch]);
  if (unpacked.code !== 0) return { why: `the release cannot be unpacked: ${unpacked.stderr.trim().slice(-200)}` };
  const folder = join(scratch, "pulumi");
  const executables = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && (statSync(path).mode & ANY_EXECUTE) !== 0);
  return { executables };
}
