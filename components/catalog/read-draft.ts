import type { Draft } from "./catalog.ts";
import { type Fields, words } from "./entry.ts";

/** Acceptance lengths of a draft. Throws where one is more than is drafted: the catalog is ours. */
export function readDraft(id: string, fields: Fields): Draft {
  const { acceptedTokens } = fields;
  const isLengths = (value: unknown): value is readonly number[] =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((length, index) => typeof length === "number" && 1 <= length && length <= index + 2);
  if (!isLengths(acceptedTokens))
    throw new Error(`catalog entry ${id}: from 1 to one more than is drafted is accepted`);
  return {
    id,
    name: words(id, fields, "name"),
    acceptedTokens,
    measuredOn: words(id, fields, "measuredOn"),
    source: words(id, fields, "source"),
  };
}
