import { type Dimension, unitsOf } from "../quantity.ts";
import { siteSchema } from "./schema.ts";

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly quantity?: Dimension;
  readonly fact?: Dimension;
  readonly reference?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  readonly oneOf?: readonly FieldSchema[];
}

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
  return walk(siteSchema as FieldSchema, "");
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
        kind: kindOf(child),
        required: branch.required?.includes(key) ?? false,
        description: child.description ?? "",
        example: exampleOf(child),
      };
      return child.fact === undefined ? [field, ...walk(child, at)] : [field];
    }),
  );
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
    { array: "list", object: "block", integer: "whole number", string: "text", boolean: "true or false" }[
      String(schema.type)
    ] ?? "value"
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
