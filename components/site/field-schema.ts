import { type Dimension, unitsOf } from "../quantity.ts";
import { siteSchema } from "./schema.ts";

/** The part of a JSON Schema that the blueprint uses, with the keywords of fields.ts. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly quantity?: Dimension;
  readonly orUnknown?: boolean;
  readonly fact?: Dimension;
  readonly reference?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  /** False, or the form of every value in a block whose keys are the catalog's. */
  readonly additionalProperties?: FieldSchema | boolean;
  readonly items?: FieldSchema;
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly FieldSchema[];
  /** A figure written as a block: `{ value, source, assumed }`. */
  readonly then?: FieldSchema;
}

export const SITE_FIELDS = siteSchema as FieldSchema;

/** The form of a block that its own keys choose: the figure's block, the branch of a union, else the schema itself. */
export function formOf(schema: FieldSchema, keys: (key: string) => unknown): FieldSchema {
  if (schema.then !== undefined) return schema.then;
  const tag = schema.discriminator?.propertyName;
  const branch =
    tag === undefined ? undefined : schema.oneOf?.find((each) => each.properties?.[tag]?.const === keys(tag));
  return branch ?? schema;
}

/** The form of one key of a block, by its own name or as all of them have it. */
export function fieldOf({ properties, additionalProperties }: FieldSchema, key: string): FieldSchema | undefined {
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

/** A number in the file that is read by its letters: "1.20" is never a float on the way. */
export const keepsLetters = ({ quantity, fact, type }: FieldSchema): boolean =>
  (quantity ?? fact) !== undefined || (Array.isArray(type) && type.includes("string") && type.includes("number"));

/** What a field may be written as, from its schema, or null where no value stands for all sites. */
export function exampleOf(schema: FieldSchema): string | null {
  const dimension = schema.fact ?? schema.quantity;
  const example =
    schema.examples?.[0] ??
    schema.enum?.[0] ??
    schema.const ??
    (dimension === undefined ? null : unitsOf(dimension).example);
  return example === null ? null : String(example);
}

/** What a field means, as part of a sentence: "quarter in which its racks draw power". */
export function meaningOf(schema: FieldSchema): string | null {
  const first = schema.description?.split(/\.(?:\s|$)/)[0];
  return first === undefined ? null : first.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
