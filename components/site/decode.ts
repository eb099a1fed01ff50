import { type Dimension, isMisread, parse } from "../quantity.ts";
import { type Fact, UNKNOWN } from "./fields.ts";
import { type Site, siteSchema } from "./schema.ts";

interface Schema {
  readonly quantity?: Dimension;
  readonly fact?: Dimension;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** Data of the right shape to `Site`: quantities to branded numbers, figures to facts, everything frozen, keys in schema order. */
export const decodeSite = (value: unknown): Site => decode(value, siteSchema as Schema) as Site;

function decode(value: unknown, schema: Schema): unknown {
  if (schema.fact !== undefined) return Object.freeze(decodeFact(value, schema.fact));
  if (schema.quantity !== undefined) return read(value, schema.quantity);
  if (Array.isArray(value)) return Object.freeze(value.map((item) => decode(item, schema.items ?? {})));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const order =
    schema.properties === undefined || schema.oneOf !== undefined
      ? Object.keys(fields).sort()
      : Object.keys(schema.properties);
  const present = order.filter((key) => fields[key] !== undefined);
  return Object.freeze(
    Object.fromEntries(present.map((key) => [key, decode(fields[key], schema.properties?.[key] ?? {})])),
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
