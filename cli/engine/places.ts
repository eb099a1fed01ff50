import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type GoModule, MODULES } from "./go-module.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "./versions.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const homeOf = (environment: Environment): string => environment.HOME || homedir();

/** Millrace's own state, by the XDG base directory specification: backend and passphrase. */
export const stateFolder = (environment: Environment): string =>
  join(environment.XDG_STATE_HOME || join(homeOf(environment), ".local", "state"), "millrace");

/** The user's own PULUMI_HOME: where a login and installed plugins lie. */
export const userPulumiHome = (environment: Environment): string =>
  environment.PULUMI_HOME || join(homeOf(environment), ".pulumi");

/** What is got once and can be got again, by the same specification. */
export const cacheFolder = (environment: Environment): string =>
  join(environment.XDG_CACHE_HOME || join(homeOf(environment), ".cache"), "millrace");

/** The engine's own place in the cache: another version, module file or flag is another engine. */
export const engineFolder = (environment: Environment): string =>
  join(cacheFolder(environment), "engine", builtKey([PULUMI_VERSION, KUBERNETES_VERSION], Object.values(MODULES)));

/** Twelve hex digits over versions, platform, and what the modules are built from and with. */
export function builtKey(versions: readonly string[], modules: readonly GoModule[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([...versions, process.platform, process.arch]));
  for (const module of modules) {
    hash.update(JSON.stringify([module.target, module.tags, module.linkFlags]));
    for (const file of module.files) hash.update(readFileSync(new URL(file, module.folder)));
  }
  return hash.digest("hex").slice(0, 12);
}
