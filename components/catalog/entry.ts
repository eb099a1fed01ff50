import { type Dimension, isMisread, parse, type Quantities } from "../quantity.ts";
import type { CatalogFact, Quality } from "./catalog.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A fact as it stands in the files: the value is text with a unit, a count, or null. */
interface Written {
  readonly value: string | number | boolean | null;
  readonly source: string;
  readonly date: string;
  readonly quality: Quality;
}

export function words(id: string, fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== "string" || value === "") throw new Error(`catalog entry ${id}: ${key} is missing`);
  return value;
}

/** A finite number of at least `least`. */
export function numeral(id: string, fields: Fields, key: string, least = 1): number {
  const value = fields[key];
  if (typeof value !== "number" || !Number.isFinite(value) || value < least) {
    throw new Error(`catalog entry ${id}: ${key} is no number of at least ${least}`);
  }
  return value;
}

export const numeralOr = (id: string, fields: Fields, key: string, absent: number): number =>
  fields[key] === undefined ? absent : numeral(id, fields, key, 0);

export function written(id: string, fields: Fields, key: string): Written {
  const fact = fields[key] as Written | undefined;
  if (fact === undefined || !("value" in fact) || !fact.source || !fact.date || !fact.quality) {
    throw new Error(`catalog entry ${id}: ${key} lacks value, source, date or quality`);
  }
  return fact;
}

export const aliases = (fields: Fields): readonly string[] => ids(fields, "aliases");

/** A block of an entry, or null where the entry has none. */
export const inner = (fields: Fields, key: string): Fields | null => (fields[key] as Fields | undefined) ?? null;

/** Ids that an entry may list. */
export const ids = (fields: Fields, key: string): readonly string[] =>
  (fields[key] as readonly string[] | undefined) ?? [];

/** A quantity that is stated with its unit. */
export function quantityIn<D extends Dimension>(dimension: D, id: string, written: unknown): Quantities[D] {
  const value = parse(dimension, String(written));
  if (isMisread(value)) throw new Error(`catalog entry ${id}: got ${value.got}, allowed ${value.allowed}`);
  return value;
}

const QUALITIES: readonly string[] = ["measured", "published", "derived", "assumed"] satisfies Quality[];

/** Where an entry comes from, and how far it may be trusted. */
export function origin(id: string, fields: Fields): { source: string; date: string; quality: Quality } {
  const quality = words(id, fields, "quality");
  if (!QUALITIES.includes(quality)) throw new Error(`catalog entry ${id}: ${quality} is no quality`);
  return { source: words(id, fields, "source"), date: words(id, fields, "date"), quality: quality as Quality };
}

/** A count, or null where nobody knows it. */
export function countFact(id: string, fields: Fields, key: string): CatalogFact<number> {
  const fact = written(id, fields, key);
  if (fact.value !== null && !(Number.isSafeInteger(fact.value) && Number(fact.value) > 0)) {
    throw new Error(`catalog entry ${id}: ${key} is no count`);
  }
  return { ...fact, value: fact.value === null ? null : Number(fact.value) };
}

/** A number above 0, as in kilograms. */
export function numberFact(id: string, fields: Fields, key: string): CatalogFact<number> {
  const fact = written(id, fields, key);
  if (fact.value !== null && !(Number.isFinite(fact.value) && Number(fact.value) > 0)) {
    throw new Error(`catalog entry ${id}: ${key} is no number above 0`);
  }
  return { ...fact, value: fact.value === null ? null : Number(fact.value) };
}

/** A quantity with its unit, or null where nobody knows it. */
export function quantityFact<D extends Dimension>(
  dimension: D,
  id: string,
  fields: Fields,
  key: string,
): CatalogFact<Quantities[D]> {
  const fact = written(id, fields, key);
  return { ...fact, value: fact.value === null ? null : quantityIn(dimension, `${id}.${key}`, fact.value) };
}

/** Text of a form, as in a version; null where it is unknown. */
export function textFact(form: RegExp, id: string, fields: Fields, key: string): CatalogFact<string> {
  const fact = written(id, fields, key);
  if (fact.value === null) return { ...fact, value: null };
  if (!form.test(String(fact.value))) throw new Error(`catalog entry ${id}: ${key} has not the form ${form.source}`);
  return { ...fact, value: String(fact.value) };
}
