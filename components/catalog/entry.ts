import type { Quality } from "./catalog.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** A fact as it stands in the files: the value is text with a unit, a count, or null. */
interface Written {
  readonly value: string | number | null;
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

export const aliases = (fields: Fields): readonly string[] => (fields.aliases as readonly string[] | undefined) ?? [];

/** A block of an entry, or null where the entry has none. */
export const inner = (fields: Fields, key: string): Fields | null => (fields[key] as Fields | undefined) ?? null;
