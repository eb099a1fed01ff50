import { readFileSync } from "node:fs";
import { decodeSite } from "./decode.ts";
import type { Fault } from "./fault.ts";
import { type KnownIds, meaningFaults } from "./meaning.ts";
import { parseText } from "./parse.ts";
import type { Site } from "./schema.ts";
import { shapeFaults } from "./shape.ts";
import { type SiteSource, siteSource } from "./source.ts";

export type { KnownIds } from "./meaning.ts";
export type { SiteSource } from "./source.ts";

export type LoadResult =
  | { readonly ok: true; readonly site: Site; readonly source: SiteSource }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly source: SiteSource };

/** Reads a blueprint from a file; one that is missing or not UTF-8 is a fault as well. */
export function loadSite(path: string, known: KnownIds): LoadResult {
  const text = readText(path);
  return typeof text === "string"
    ? readSite(text, path, known)
    : { ok: false, faults: [text], source: siteSource(path, "", null) };
}

function readText(path: string): string | Fault {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "not UTF-8";
    return {
      path: "",
      problem: "file cannot be read",
      got: code,
      allowed: "a readable file in UTF-8",
      fix: `make a new site with millrace init`,
    };
  }
}

/** Text to `Site`, or every fault of the first stage that finds any: text, shape, meaning. */
export function readSite(text: string, file: string, known: KnownIds): LoadResult {
  const parsed = parseText(text);
  if (!parsed.ok) {
    const [first] = parsed.refused;
    return {
      ok: false,
      faults: parsed.refused.map(({ fault }) => fault),
      source: siteSource(file, text, null, first?.offset ?? 0),
    };
  }
  const source = siteSource(file, text, parsed.document);
  const shape = shapeFaults(parsed.value);
  if (shape.length > 0) return { ok: false, faults: inFileOrder(shape, source), source };
  const site = decodeSite(parsed.value);
  const meaning = meaningFaults(site, known);
  return meaning.length > 0 ? { ok: false, faults: inFileOrder(meaning, source), source } : { ok: true, site, source };
}

function inFileOrder(faults: readonly Fault[], source: SiteSource): readonly Fault[] {
  const place = (fault: Fault) => source.locate(fault.path, fault.atKey === true ? "key" : "value");
  return faults
    .map((fault) => ({ fault, at: place(fault) }))
    .sort((left, right) => left.at.line - right.at.line || left.at.column - right.at.column)
    .map(({ fault }) => fault);
}
