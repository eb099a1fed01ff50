import { type Static, type TSchema, Type } from "typebox";
import { type Dimension, type Quantities, unitsOf } from "../quantity.ts";

/**
 * The building blocks of the blueprint's schema. A quantity stands as text in the file and as a branded number
 * in `Site`: `load` replaces the one by the other wherever the keyword `quantity` or `fact` marks it.
 */

/** A value that somebody found out, with its source: what is not known is null, never 0. */
export interface Fact<T> {
  readonly value: T | null;
  /** Where the figure comes from: a document, a page, a data sheet. */
  readonly source: string | null;
  /** The value is ours for want of a better one. */
  readonly assumed: boolean;
}

export const UNKNOWN = "unknown";

/** Text with a unit, as in "142 kW". */
export function quantity<D extends Dimension>(dimension: D, description: string) {
  const { units, example } = unitsOf(dimension);
  return Type.Unsafe<Quantities[D]>({
    type: ["string", "number"],
    quantity: dimension,
    description: `${description} Units: ${units.filter((unit) => unit !== "").join(", ")}.`,
    examples: [example],
  });
}

/** A quantity that may be unknown, alone or with its source: "142 kW", unknown, or { value, source, assumed }. */
export function fact<D extends Dimension>(dimension: D, description: string) {
  const scalar = { type: ["string", "number"], quantity: dimension, orUnknown: true };
  return Type.Unsafe<Fact<Quantities[D]>>({
    description: `${description} A figure of others: give its source, or say that it is assumed.`,
    fact: dimension,
    if: { type: "object" },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a JSON Schema keyword here.
    then: {
      type: "object",
      additionalProperties: false,
      required: ["value"],
      properties: {
        value: { ...scalar, examples: [unitsOf(dimension).example, UNKNOWN] },
        source: {
          type: "string",
          minLength: 1,
          maxLength: 500,
          description: "Document, page or data sheet that states it.",
        },
        assumed: {
          type: "boolean",
          description: "True where no source states it and the site goes on with this value.",
        },
      },
    },
    else: scalar,
  });
}

const ID_PATTERN = "^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$";
/** A name that becomes part of resource names: lower case, digits, hyphens between them, at most 31 characters. */
export const id = (description: string) =>
  Type.String({ pattern: ID_PATTERN, maxLength: 31, description, examples: ["b1"] });

/** An id, or a run of them: "b{1..10}" stands for b1 to b10. */
export const idTemplate = (description: string) =>
  Type.String({
    pattern:
      "^[a-z](?:[a-z0-9-]{0,29}[a-z0-9]|[a-z0-9-]{0,24}\\{\\d{1,4}\\.\\.\\d{1,4}\\}(?:[a-z0-9-]{0,7}[a-z0-9])?)?$",
    maxLength: 48,
    description: `${description} "b{1..10}" stands for b1 to b10.`,
    examples: ["b1", "b{1..10}"],
  });

/** A reference to an id elsewhere; its existence is checked after the shape. */
export const reference = (to: string, description: string) =>
  Type.String({ minLength: 1, maxLength: 63, reference: to, description });

export const count = (description: string, minimum = 0, maximum = 1_000_000) =>
  Type.Integer({ minimum, maximum, description });

export const text = (description: string, maxLength = 200) => Type.String({ minLength: 1, maxLength, description });

/** Values by name, as a document states them: names and units are the catalog's, and are checked after the shape. */
export const namedValues = (description: string) =>
  Type.Unsafe<Readonly<Record<string, string>>>({
    type: "object",
    additionalProperties: { type: ["string", "number"], maxLength: 60 },
    description,
  });

/** A calendar day, "2026-11-24". */
export const day = (description: string) =>
  Type.String({ format: "date", maxLength: 10, description, examples: ["2026-11-24"] });

/** A quarter of a year, "2026-Q4". */
export const quarter = (description: string) =>
  Type.String({ pattern: "^20\\d\\d-Q[1-4]$", maxLength: 7, description, examples: ["2026-Q4"] });

/** What a set of equal elements serves, from the whole to its parts. */
export const SCOPES = ["site", "building", "hall", "pod", "rack"] as const;
export type Scope = (typeof SCOPES)[number];

/** Redundancy schemes that leave up a number of n equal elements when the largest planned loss happens. */
export const COUNT_SCHEMES = ["N", "N+1", "2N", "3N/2", "4N/3"] as const;

/** An object whose unknown keys are errors with a "did you mean". */
export function block<P extends Record<string, TSchema>>(properties: P, description: string) {
  return Type.Object(properties, { additionalProperties: false, description });
}

export const list = <S extends TSchema>(items: S, description: string, minItems = 0, maxItems = 10_000) =>
  Type.Array(items, { minItems, maxItems, description });

/** Deeply readonly, as `load` freezes it. */
export type Decided<S extends TSchema> = Frozen<Static<S>>;
type Frozen<T> = T extends bigint | string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Frozen<T[Key]> }
      : T;
