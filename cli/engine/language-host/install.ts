import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { placeText } from "../install.ts";

const MARK = "A small language host for Node programs and policy packs";

/**
 * Puts our language host beside the engine, where the official one is not there: stock `pulumi` then runs Node
 * programs. It is written anew when it, or the place of this checkout, has changed.
 */
export function installLanguageHost(root: string): void {
  const target = join(root, "bin", "pulumi-language-nodejs");
  if (existsSync(target) && !isOurs(target)) return;
  const host = readFileSync(new URL("pulumi-language-nodejs.cjs", import.meta.url), "utf8");
  const checkout = fileURLToPath(new URL("../../../", import.meta.url));
  placeText(host.replace('"@INSTALLED_FROM@"', JSON.stringify(checkout)), target, 0o755);
}

/** The official host is a binary; reading its start is enough. */
const isOurs = (file: string): boolean => readFileSync(file).subarray(0, 400).toString("latin1").includes(MARK);
