import { readFileSync, statSync } from "node:fs";
import type { Fault } from "./fault.ts";
import { MAX_BYTES, tooLarge } from "./hostile.ts";
import type { KnownIds } from "./meaning/references.ts";
import { type LoadResult, readSite } from "./read.ts";
import { siteSource } from "./source.ts";

export type { KnownIds } from "./meaning/references.ts";
export { type LoadResult, readSite } from "./read.ts";
export type { SiteSource } from "./source.ts";

/** A file of which nothing could be read. */
type Unread = Extract<LoadResult, { readonly ok: false }>;

/** Reads a blueprint from a file; one that cannot be read is a fault as well. */
export function loadSite(path: string, known: KnownIds): LoadResult {
  return readFile(path, (text) => readSite(text, path, known));
}

/** Reads a file and goes on with its text; one that is missing, no file, too large or not UTF-8 is a fault. */
export function readFile<Read>(path: string, read: (text: string) => Read): Read | Unread {
  const text = readText(path);
  return typeof text === "string" ? read(text) : { ok: false, faults: [text], source: siteSource(path, "", null) };
}

/** Bytes that are no UTF-8 come through as U+FFFD, which `readSite` refuses with their place. */
function readText(path: string): string | Fault {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return unreadable("something else than a file");
    return stat.size > MAX_BYTES ? tooLarge(stat.size) : readFileSync(path, "utf8");
  } catch (error) {
    const { code = "an unknown cause" } = error as NodeJS.ErrnoException;
    return unreadable(CAUSE.get(code) ?? code);
  }
}

const unreadable = (got: string): Fault => ({
  path: "",
  problem: "file cannot be read",
  got,
  allowed: "a readable file in UTF-8",
  fix: "check the name, or make a new site with millrace init",
});

const CAUSE = new Map([
  ["ENOENT", "no such file"],
  ["ENOTDIR", "no such folder"],
  ["EACCES", "no permission"],
]);
