import { type Dimension, unitsOf } from "../quantity.ts";
import { UNKNOWN } from "./fields.ts";
import { siteSchema } from "./schema.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The blueprint's schema as editors read it: standard JSON Schema 2020-12, our own keywords turned into patterns. */
export const siteJsonSchema = (): Json => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...(plain(JSON.parse(JSON.stringify(siteSchema)) as Json) as { readonly [key: string]: Json }),
});

const OWN = new Set(["quantity", "orUnknown", "fact", "reference", "discriminator"]);

function plain(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== "object" || schema === null) return schema;
  const fields = schema as { readonly [key: string]: Json };
  const kept = Object.entries(fields)
    .filter(([key]) => !OWN.has(key))
    .map(([key, value]) => [key, plain(value)]);
  return {
    ...Object.fromEntries(kept),
    ...(typeof fields.quantity === "string" ? patternOf(fields.quantity as Dimension, fields.orUnknown === true) : {}),
  };
}

/** What `parse` reads, as a pattern; only a ratio may be a bare number. */
function patternOf(dimension: Dimension, orUnknown: boolean): { readonly [key: string]: Json } {
  const { units } = unitsOf(dimension);
  const names = units.filter((unit) => unit !== "").map((unit) => unit.replace(/[$/]/g, "\\$&"));
  const unit = ` ?(${names.join("|")})${units.includes("") ? "|" : ""}`;
  const number = `${dimension === "money" ? "\\$" : ""}\\d{1,15}(\\.\\d{1,12})?(${unit})`;
  return {
    type: dimension === "ratio" ? ["string", "number"] : "string",
    pattern: `^(${number}${orUnknown ? `|${UNKNOWN}` : ""})$`,
  };
}
