import type { ErrorObject } from "ajv/dist/2020.js";
import type { Fault } from "./fault.ts";
import { exampleOf, type FieldSchema, meaningOf } from "./field-schema.ts";
import { didYouMean } from "./nearest.ts";
import { misreadQuantity } from "./quantity-fault.ts";

type Told = Omit<Fault, "path" | "atKey">;

interface Seen {
  readonly error: ErrorObject;
  readonly schema: FieldSchema;
  /** What stands in the file, cut to a line. */
  readonly got: string;
}

/** A schema error in words: what is wrong, what was got, what is allowed, what to change. */
export function describeShape(error: ErrorObject, written: string | null): Told {
  const schema = (error.parentSchema ?? {}) as FieldSchema;
  const got = written === null || written === "" ? show(error.data) : show(written);
  return (DESCRIBE.get(error.keyword) ?? describeOther)({ error, schema, got });
}

const DESCRIBE: ReadonlyMap<string, (seen: Seen) => Told> = new Map([
  ["additionalProperties", unknownKey],
  ["required", missingKey],
  ["dependentRequired", missingKey],
  ["quantity", ({ error, schema }: Seen) => misreadQuantity(String(error.data), schema)],
  ["enum", unknownWord],
  ["const", unknownWord],
  ["discriminator", unknownBranch],
  ["type", wrongType],
  ["pattern", wrongForm],
  ["format", noSuchDay],
  ["minimum", outOfRange],
  ["maximum", outOfRange],
  ["minItems", wrongCount],
  ["maxItems", wrongCount],
  ["minLength", wrongLength],
  ["maxLength", wrongLength],
]);

function unknownKey({ error, schema }: Seen): Told {
  const key = String(error.params.additionalProperty);
  const known = Object.keys(schema.properties ?? {});
  const fix = didYouMean(key, known, "delete it");
  return { problem: "unknown key", got: show(key), allowed: known.join(", "), fix };
}

function missingKey({ error, schema }: Seen): Told {
  const key = String(error.params.missingProperty);
  return missingField(key, schema.properties?.[key] ?? {});
}

/** A key that must stand and does not. */
export function missingField(key: string, field: FieldSchema): Told {
  const example = exampleOf(field) ?? EMPTY.get(String(field.type));
  const fix = example === undefined ? `add ${key}` : `add it, as in "${key}: ${example}"`;
  return { problem: `missing key ${key}`, got: "nothing", allowed: meaningOf(field) ?? `a value for ${key}`, fix };
}

const EMPTY = new Map([
  ["array", "[]"],
  ["integer", "1"],
]);

function unknownWord({ error, got }: Seen): Told {
  return notAmong(error.data, got, error.params.allowedValues ?? [error.params.allowedValue]);
}

function unknownBranch({ error, schema }: Seen): Told {
  const { tag, tagValue } = error.params;
  const branches = schema.oneOf ?? (error.schema as FieldSchema).oneOf ?? [];
  const words = branches.flatMap((branch) => branch.properties?.[String(tag)]?.const ?? []);
  return notAmong(tagValue, show(tagValue), words);
}

function notAmong(value: unknown, got: string, words: readonly string[]): Told {
  const otherwise = words.length === 1 ? `write ${words[0]}` : "write one of them";
  const fix = typeof value === "string" ? didYouMean(value, words, otherwise) : otherwise;
  return { problem: "not one of the words allowed", got, allowed: words.join(", "), fix };
}

function wrongType({ error, schema, got }: Seen): Told {
  const type = String(schema.type);
  const { word, fix } = TYPES.get(type) ?? { word: type, fix: "write it so" };
  const scalar = ["number", "boolean"].includes(typeof error.data);
  const quoted = type === "string" && scalar ? `put it in quotes: "${got}"` : null;
  const example = exampleOf(schema);
  const unknown = schema.orUnknown === true ? ", or unknown" : "";
  return {
    problem: "wrong kind of value",
    got,
    allowed: `${word}${example === null ? "" : `, as in "${example}"`}${unknown}`,
    fix: quoted ?? (error.data === null && unknown !== "" ? "write unknown where it is not known" : fix),
  };
}

const TYPES: ReadonlyMap<string, { readonly word: string; readonly fix: string }> = new Map([
  ["object", { word: "a block of keys", fix: 'write its keys, each with ": " and a value' }],
  ["array", { word: "a list", fix: 'start each entry with "- ", or write [] for none' }],
  ["string", { word: "text", fix: "write one text" }],
  ["number", { word: "a number", fix: "write it in digits, without a unit" }],
  ["integer", { word: "a whole number", fix: "write it in digits, without a unit" }],
  ["integer,string", { word: "a whole number", fix: "write it in digits, or auto" }],
  ["boolean", { word: "true or false", fix: "write true or false, without quotes" }],
  ["string,number", { word: "a number with its unit", fix: "write it as one text" }],
]);

function wrongForm({ schema, got }: Seen): Told {
  const example = exampleOf(schema);
  const allowed = `${meaningOf(schema) ?? "another form"}${example === null ? "" : `, as in "${example}"`}`;
  return {
    problem: "not in the form asked for",
    got,
    allowed,
    fix: FORM.get(String(example)) ?? "write it in that form",
  };
}

/** What the patterns of fields.ts ask for, by the example that they share. */
const FORM = new Map([
  ["b1", "use lower case, digits and hyphens: a letter first, no hyphen last"],
  ["auto", "write a whole number, or auto"],
  ["2026-Q4", "write year and quarter"],
  ["supply:3f2a9c0d1e4b load:77ab01cd23ef", "copy it from what `millrace check` says of the study"],
  ["2026-12-01T11:30Z", "write day, time and offset to UTC"],
]);

function noSuchDay({ got }: Seen): Told {
  const allowed = 'a day that the calendar has, as in "2026-11-24"';
  return { problem: "not a calendar day", got, allowed, fix: "write year, month and day" };
}

function outOfRange({ error, schema, got }: Seen): Told {
  const problem = error.keyword === "minimum" ? "too small" : "too large";
  const { minimum, maximum } = schema;
  return { problem, got, allowed: `${minimum} to ${maximum}`, fix: meaningOf(schema) ?? "mend the number" };
}

function wrongCount({ error, schema, got }: Seen): Told {
  const problem = error.keyword === "minItems" ? "too few entries" : "too many entries";
  return {
    problem,
    got,
    allowed: `${schema.minItems} to ${schema.maxItems}`,
    fix: meaningOf(schema) ?? "mend the list",
  };
}

function wrongLength({ error, schema, got }: Seen): Told {
  const empty = error.keyword === "minLength";
  const allowed = empty ? "text" : `at most ${schema.maxLength} characters`;
  return { problem: empty ? "empty" : "too long", got, allowed, fix: meaningOf(schema) ?? "mend the text" };
}

const describeOther = ({ error, schema, got }: Seen): Told => ({
  problem: "not allowed",
  got,
  allowed: (error.message ?? error.keyword).replace(/^must /, ""),
  fix: meaningOf(schema) ?? "mend the value",
});

function show(value: unknown): string {
  if (typeof value === "string") return value.length > 80 ? `${value.slice(0, 79)}…` : value === "" ? '""' : value;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (value === null || value === undefined) return "nothing";
  return typeof value === "object" ? "a block of keys" : String(value);
}
