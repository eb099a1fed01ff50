import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "./versions.ts";

/** An engine in place: `root/bin/pulumi`, and plugins under `home`. */
export interface Engine {
  /** Folder that holds `bin/pulumi`. */
  readonly root: string;
  /** PULUMI_HOME of its runs. */
  readonly home: string;
  readonly from: "path" | "cache" | "download" | "build";
}

export const pulumiOf = (root: string): string => join(root, "bin", "pulumi");
export const pluginFolder = (home: string): string =>
  join(home, "plugins", `resource-kubernetes-v${KUBERNETES_VERSION}`);
const providerOf = (home: string): string => join(pluginFolder(home), "pulumi-resource-kubernetes");

/** What the executable says of itself; null where it does not start. */
export async function versionOf(pulumi: string): Promise<string | null> {
  const ran = await run(pulumi, ["version"], { environment: { PULUMI_SKIP_UPDATE_CHECK: "true" }, timeoutMs: 20_000 });
  return ran.code === 0 ? ran.stdout.trim().replace(/^v/, "") : null;
}

/** True where the provider's plugin lies in a PULUMI_HOME, whole. */
export const hasProvider = (home: string): boolean =>
  existsSync(providerOf(home)) && !existsSync(`${pluginFolder(home)}.partial`);

/** True where the engine in a folder is whole and of our version. */
export async function isWhole(root: string, home: string): Promise<boolean> {
  return existsSync(pulumiOf(root)) && hasProvider(home) && (await versionOf(pulumiOf(root))) === PULUMI_VERSION;
}

/** Puts an executable in place: copied beside, then renamed, so that nothing half is ever found. */
export function place(file: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const beside = `${target}.${process.pid}.partial`;
  try {
    copyFileSync(file, beside);
    chmodSync(beside, 0o755);
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Writes a text file beside its place and renames it. */
export function placeText(text: string, target: string, mode = 0o644): void {
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  const beside = `${target}.${process.pid}.partial`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, target);
}

/** Puts the provider's executable where the engine looks for it: the plugin's folder, made beside and renamed. */
export function placeProvider(file: string, home: string): void {
  const target = pluginFolder(home);
  if (hasProvider(home)) return;
  const beside = `${target}.${process.pid}.new`;
  rmSync(beside, { recursive: true, force: true });
  place(file, join(beside, "pulumi-resource-kubernetes"));
  rmSync(target, { recursive: true, force: true });
  renameSync(beside, target);
}
