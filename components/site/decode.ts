import { type Dimension, isMisread, parse } from "../quantity.ts";
import { type FieldSchema, fieldOf, formOf, SITE_FIELDS } from "./field-schema.ts";
import { type Fact, UNKNOWN } from "./fields.ts";
import type { Site } from "./schema.ts";

/** Data that fits the schema to `Site`: quantities to branded numbers, figures to facts, all frozen, keys in the schema's order. */
export const decodeSite = (value: unknown): Site => decode(value, SITE_FIELDS) as Site;

function decode(value: unknown, schema: FieldSchema): unknown {
  if (schema.fact !== undefined) return Object.freeze(decodeFact(value, schema.fact));
  if (schema.quantity !== undefined) return read(value, schema.quantity);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => decode(item, schema.items ?? {})));
  return typeof value === "object" && value !== null ? decodeBlock(value, schema) : value;
}

function decodeBlock(value: object, schema: FieldSchema): unknown {
  const fields = new Map(Object.entries(value));
  const form = formOf(schema, (key) => fields.get(key));
  const keys = form.properties === undefined ? fields.keys() : Object.keys(form.properties);
  const present = [...keys].filter((key) => fields.has(key));
  return Object.freeze(
    Object.fromEntries(present.map((key) => [key, decode(fields.get(key), fieldOf(form, key) ?? {})])),
  );
}

function decodeFact(value: unknown, dimension: Dimension): Fact<unknown> {
  const written = (typeof value === "object" && value !== null ? value : { value }) as {
    readonly value: unknown;
    readonly source?: string;
    readonly assumed?: boolean;
  };
  return {
    value: written.value === UNKNOWN ? null : read(written.value, dimension),
    source: written.source ?? null,
    assumed: written.assumed ?? false,
  };
}

function read(value: unknown, dimension: Dimension): unknown {
  const quantity = parse(dimension, String(value));
  if (isMisread(quantity)) throw new Error(`decoded before its shape was checked: ${dimension}`);
  return quantity;
}
