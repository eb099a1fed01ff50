import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { placeScript } from "../install.ts";

const SCRIPT = new URL("pulumi-language-nodejs.cjs", import.meta.url);

/**
 * Puts our language host beside the engine, where the official one is not there: stock `pulumi` then runs Node
 * programs and policy packs. It is written anew when it, or the place of this checkout, has changed.
 */
export function installLanguageHost(root: string): void {
  const target = join(root, "bin", "pulumi-language-nodejs");
  if (existsSync(target) && !isScript(target)) return;
  const checkout = JSON.stringify(fileURLToPath(new URL("../../../", import.meta.url)));
  const script = readFileSync(SCRIPT, "utf8").replace('"@INSTALLED_FROM@"', () => checkout);
  placeScript(script, target);
}

/** The official host is a binary, ours starts with a shebang; two bytes tell. */
function isScript(file: string): boolean {
  const start = Buffer.alloc(2);
  const open = openSync(file, "r");
  try {
    readSync(open, start, 0, start.length, 0);
  } finally {
    closeSync(open);
  }
  return start.toString("latin1") === "#!";
}
