import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** The folder that holds `stacks/`: the one named, the current one, else the package's own. */
export function rootFolder(cwd: string | undefined): string {
  const named = resolve(cwd ?? ".");
  if (existsSync(stacksOf(named))) return named;
  if (cwd === undefined) return PACKAGE;
  throw new Problem({
    what: "--cwd: no sites here",
    got: cwd,
    allowed: "a folder that holds stacks/",
    fix: "name the folder of the project",
  });
}

export const stacksOf = (root: string): string => join(root, "stacks");

/** A path as the user would type it, so that places in messages can be opened from where they stand. */
export const shownPath = (path: string): string => relative(process.cwd(), path) || ".";
