import { type Dimension, unitsOf } from "../quantity.ts";
import { SITE_FIELDS } from "./field-schema.ts";
import { UNKNOWN } from "./fields.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The blueprint's schema as editors read it: standard JSON Schema 2020-12, our own keywords turned into patterns. */
export const siteJsonSchema = (): Json => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...(plain(JSON.parse(JSON.stringify(SITE_FIELDS)) as Json) as { readonly [key: string]: Json }),
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

/** What `parse` reads, as a pattern; where a unit may be left out, a bare number is read as well. */
function patternOf(dimension: Dimension, orUnknown: boolean): { readonly [key: string]: Json } {
  const { units } = unitsOf(dimension);
  const names = units.filter((unit) => unit !== "").map((unit) => unit.replace(/[$/]/g, "\\$&"));
  const dollar = dimension === "money" ? "\\$" : "";
  const optional = units.includes("") ? "?" : "";
  const quantity = `${dollar}\\d{1,15}(?:\\.\\d{1,12})?(?: ?(?:${names.join("|")}))${optional}`;
  const pattern = `^(?:${quantity}${orUnknown ? `|${UNKNOWN}` : ""})$`;
  return optional === "" || dollar !== ""
    ? { type: "string", pattern }
    : { type: ["string", "number"], minimum: 0, pattern };
}
