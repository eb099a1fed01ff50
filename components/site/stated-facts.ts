import type { Fact } from "./fields.ts";

export interface FactAt {
  readonly at: string;
  readonly fact: Fact<unknown>;
}

/** Every figure of the blueprint that has room for a source, by path, in the order of the schema. */
export function statedFacts(value: unknown, at = ""): readonly FactAt[] {
  if (typeof value !== "object" || value === null) return [];
  if (isFact(value)) return [{ at, fact: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => statedFacts(item, `${at}[${index}]`));
  return Object.entries(value).flatMap(([key, item]) => statedFacts(item, at === "" ? key : `${at}.${key}`));
}

/** A setting, whose value is a word, may have the same keys. */
export const isFact = (value: object): value is Fact<unknown> =>
  "value" in value && "source" in value && "assumed" in value && typeof value.value !== "string";
