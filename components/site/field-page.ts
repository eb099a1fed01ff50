import { unitsOf } from "../quantity.ts";
import { type FieldSchema, SITE_FIELDS } from "./field-schema.ts";

/** A field of the blueprint, for people. */
export interface Field {
  /** Path with "[]" for list entries: "power.services[].firm". */
  readonly path: string;
  readonly kind: string;
  readonly required: boolean;
  readonly description: string;
  readonly example: string | null;
}

/** Every field of the blueprint, in the order of the schema. */
export function fieldsOf(): readonly Field[] {
  return walk(SITE_FIELDS, "");
}

function walk(schema: FieldSchema, path: string): readonly Field[] {
  const own = schema.items ?? schema;
  const branches = own.oneOf ?? [own];
  const known = new Set<string>();
  return branches.flatMap((branch) =>
    Object.entries(branch.properties ?? {}).flatMap(([key, child]) => {
      if (known.has(key)) return [];
      known.add(key);
      const at = `${path === "" ? "" : `${path}.`}${key}${child.items === undefined ? "" : "[]"}`;
      const field = {
        path: at,
        kind: kindInAll(branches, key) ?? kindOf(child),
        required: branch.required?.includes(key) ?? false,
        description: child.description ?? "",
        example: exampleOf(child),
      };
      return child.fact === undefined ? [field, ...walk(child, at)] : [field];
    }),
  );
}

/** The tag of a union has another word in each branch. */
function kindInAll(branches: readonly FieldSchema[], key: string): string | null {
  const words = branches.flatMap((branch) => branch.properties?.[key]?.const ?? []);
  return words.length > 1 ? `one of ${words.join(", ")}` : null;
}

function kindOf(schema: FieldSchema): string {
  const dimension = schema.fact ?? schema.quantity;
  if (dimension !== undefined)
    return `${schema.fact === undefined ? "quantity" : "figure"} in ${unitsOf(dimension)
      .units.filter((unit) => unit !== "")
      .join(", ")}`;
  if (schema.enum !== undefined) return `one of ${schema.enum.join(", ")}`;
  if (schema.const !== undefined) return `the text ${String(schema.const)}`;
  if (schema.reference !== undefined) return `id of a ${schema.reference}`;
  return (
    {
      array: "list",
      object: "block",
      integer: "whole number",
      number: "number",
      string: "text",
      boolean: "true or false",
      "integer,string": "whole number, or auto",
    }[String(schema.type)] ?? "value"
  );
}

const exampleOf = (schema: FieldSchema): string | null => {
  const dimension = schema.fact ?? schema.quantity;
  const example = schema.examples?.[0] ?? (dimension === undefined ? undefined : unitsOf(dimension).example);
  return example === undefined ? null : String(example);
};

/** All fields as one Markdown document. */
export function fieldsPage(): string {
  const rows = fieldsOf().map(
    ({ path, kind, required, description, example }) =>
      `| \`${path}\` | ${kind} | ${required ? "yes" : "no"} | ${description}${example === null ? "" : ` Example: \`${example}\``} |`,
  );
  return [
    "# Blueprint reference",
    "Made from the schema: edit `components/*/schema.ts`, not this page. A *figure* may stand alone or as `{ value, source, assumed }`, and may be `unknown`.",
    ["| field | kind | required | meaning |", "|---|---|---|---|", ...rows].join("\n"),
    "",
  ].join("\n\n");
}
