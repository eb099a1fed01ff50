import type { Document } from "yaml";
import { decodeSite } from "./decode.ts";
import type { Fault } from "./fault.ts";
import { type FieldSchema, SITE_FIELDS } from "./field-schema.ts";
import type { KnownIds } from "./meaning/references.ts";
import { meaningFaults } from "./meaning.ts";
import { writtenAt } from "./node.ts";
import { parseText } from "./parse.ts";
import { plainData } from "./plain.ts";
import type { Site } from "./schema.ts";
import { type Misfit, shapeMisfits } from "./shape.ts";
import { type SiteSource, siteSource } from "./source.ts";

export type LoadResult =
  | { readonly ok: true; readonly site: Site; readonly source: SiteSource }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly source: SiteSource };

/** Plain data that fits its form, or every fault of the text. */
type CheckedData =
  | { readonly ok: true; readonly value: unknown; readonly source: SiteSource }
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly source: SiteSource };

const MAX_FAULTS = 100;

/**
 * Text to `Site`, or every fault of the text in the order of the file, one a place. `file` is the name that positions
 * carry. A text that is no YAML gives the faults of its syntax alone.
 */
export function readSite(text: string, file: string, known: KnownIds): LoadResult {
  const checked = checkedData(
    text,
    file,
    () => SITE_FIELDS,
    (value) => meaningFaults(value, known),
  );
  return checked.ok ? { ok: true, site: decodeSite(checked.value), source: checked.source } : checked;
}

/** The same for any form of file, which the document may choose; `meaning` reads data that may not fit it. */
export function checkedData(
  withMark: string,
  file: string,
  formOf: (document: Document.Parsed) => FieldSchema,
  meaning: (value: unknown) => readonly Fault[],
): CheckedData {
  const text = withMark.replace(/^\ufeff/, "");
  const parsed = parseText(text);
  if (!parsed.ok) return { ok: false, faults: parsed.faults, source: siteSource(file, text, null) };
  const { document } = parsed;
  const source = siteSource(file, text, document);
  const fields = formOf(document);
  const { value, faults } = plainData(document, text, fields);
  const misfits = [
    ...faults.map(told),
    ...shapeMisfits(value, fields, (steps) => writtenAt(document, steps)),
    ...meaning(value).map(told),
  ];
  return misfits.length > 0 ? { ok: false, faults: inFileOrder(misfits, source), source } : { ok: true, value, source };
}

const told = (fault: Fault): Misfit => ({ path: fault.path, atKey: fault.atKey === true, tell: () => fault });

/** One fault a place: the form of a value hides its meaning. */
function inFileOrder(misfits: readonly Misfit[], source: SiteSource): readonly Fault[] {
  const places = new Map<string, Misfit>();
  for (const misfit of misfits) {
    const place = `${misfit.atKey ? "key" : "value"} ${misfit.path}`;
    if (!places.has(place)) places.set(place, misfit);
  }
  const ordered = [...places.values()]
    .map((misfit) => ({ misfit, at: source.locate(misfit.path, misfit.atKey ? "key" : "value") }))
    .sort((left, right) => left.at.line - right.at.line || left.at.column - right.at.column)
    .map(({ misfit }) => misfit);
  const next = ordered[MAX_FAULTS];
  const shown = ordered.slice(0, MAX_FAULTS).map(({ tell }) => tell());
  return next === undefined ? shown : [...shown, more(next.path, ordered.length)];
}

const more = (path: string, count: number): Fault => ({
  path,
  problem: "more faults from here on",
  got: `${count} in all`,
  allowed: "none",
  fix: "mend those above first",
});
