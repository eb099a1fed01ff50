import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { replaceWhole } from "../whole-file.ts";
import { KUBERNETES_VERSION } from "./versions.ts";

export const PROVIDER = "pulumi-resource-kubernetes";

export const pulumiIn = (root: string): string => join(root, "bin", "pulumi");

/** The provider's executable where the engine looks for a plugin of exactly our version. */
export const providerIn = (home: string): string =>
  join(home, "plugins", `resource-kubernetes-v${KUBERNETES_VERSION}`, PROVIDER);

/** True where the provider lies in a PULUMI_HOME, whole: the engine marks a plugin that is still being unpacked. */
export const hasProvider = (home: string): boolean =>
  existsSync(providerIn(home)) && !existsSync(`${dirname(providerIn(home))}.partial`);

/** Puts an executable in place: copied beside, then renamed, so that nothing half is ever found. */
export function place(file: string, target: string): void {
  replaceWhole(target, (beside) => {
    copyFileSync(file, beside);
    chmodSync(beside, 0o755);
  });
}

/** Writes an executable text in place; one that is the same already is left alone. */
export function placeScript(text: string, target: string): void {
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  replaceWhole(target, (beside) => writeFileSync(beside, text, { mode: 0o755 }));
}

/** Puts the provider in place: a plugin is its folder, so the folder is made beside and renamed. */
export function placeProvider(file: string, home: string): void {
  const target = dirname(providerIn(home));
  const beside = `${target}.${process.pid}.new`;
  try {
    place(file, join(beside, PROVIDER));
    rmSync(target, { recursive: true, force: true });
    rmSync(`${target}.partial`, { force: true });
    renameSync(beside, target);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
