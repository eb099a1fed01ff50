import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Dimension, isMisread, parse } from "../quantity.ts";
import { isDay } from "./day.ts";
import type { Fault } from "./fault.ts";
import type { FieldSchema } from "./field-schema.ts";
import { UNKNOWN } from "./fields.ts";
import { fromPointer, printPath, type Step } from "./path.ts";
import { describeShape } from "./shape-fault.ts";

/** A place where the data does not fit the schema; its text is made by `tell`, for those that are shown. */
export interface Misfit {
  readonly path: string;
  readonly atKey: boolean;
  readonly tell: () => Fault;
}

const COMPILED = new WeakMap<FieldSchema, ValidateFunction>();

/**
 * Holds plain data against a schema: every misfit of the file, one a place. `written` gives the letters of a scalar
 * that is no text, as they stand in the file.
 */
export function shapeMisfits(
  value: unknown,
  fields: FieldSchema,
  written: (steps: readonly Step[]) => string | null,
): readonly Misfit[] {
  const validate = COMPILED.get(fields) ?? compile(fields);
  if (validate(value)) return [];
  const misfits = new Map<string, Misfit & { readonly rank: number }>();
  for (const error of (validate.errors ?? []).filter(isTelling)) {
    const misfit = misfitOf(error, value, written);
    if (misfit.rank < (misfits.get(misfit.path)?.rank ?? Number.POSITIVE_INFINITY)) misfits.set(misfit.path, misfit);
  }
  return [...misfits.values()];
}

/** Half the time to start goes in here: that the schema is a valid one is tested, and not looked at again. */
const QUICK = { meta: false, validateSchema: false, code: { optimize: false } };

function compile(fields: FieldSchema): ValidateFunction {
  const strict = { strict: true, allowUnionTypes: true, discriminator: true };
  const ajv = new Ajv2020({ ...strict, ...QUICK, allErrors: true, verbose: true });
  ajv.addFormat("date", isDay);
  for (const keyword of ["fact", "reference"]) ajv.addKeyword({ keyword, schemaType: "string" });
  ajv.addKeyword({ keyword: "orUnknown", schemaType: "boolean" });
  ajv.addKeyword({
    keyword: "quantity",
    schemaType: "string",
    validate: (dimension: Dimension, data: unknown, schema?: FieldSchema) =>
      (typeof data !== "string" && typeof data !== "number") ||
      (schema?.orUnknown === true && data === UNKNOWN) ||
      !isMisread(parse(dimension, String(data))),
  });
  const validate = ajv.compile(fields);
  COMPILED.set(fields, validate);
  return validate;
}

/** Branch keywords only repeat what the errors inside the branch say; a missing tag is told as a missing key. */
const isTelling = ({ keyword, params }: ErrorObject): boolean =>
  keyword !== "if" && !(keyword === "discriminator" && params.tagValue === undefined);

/** Several errors at one place have one cause: what is wrong first hides the rest. */
const RANK = ["type", "enum", "const", "maxLength", "minLength", "quantity", "format", "pattern"];

function misfitOf(
  error: ErrorObject,
  root: unknown,
  written: (steps: readonly Step[]) => string | null,
): Misfit & { readonly rank: number } {
  const block = stepsOf(error.instancePath, root);
  const { additionalProperty, missingProperty, tag } = error.params;
  const key = additionalProperty ?? missingProperty ?? tag;
  const steps = key === undefined ? block : [...block, String(key)];
  const atKey = additionalProperty !== undefined || missingProperty !== undefined;
  const rank = RANK.includes(error.keyword) ? RANK.indexOf(error.keyword) : RANK.length;
  const path = printPath(steps);
  const tell = () => ({ path, ...(atKey ? { atKey: true as const } : {}), ...describeShape(error, written(steps)) });
  return { path, atKey, rank, tell };
}

/** Array indices of a pointer are numbers, object keys are text, whatever they look like. */
function stepsOf(pointer: string, root: unknown): readonly Step[] {
  let value = root;
  return fromPointer(pointer).map((part) => {
    const step = Array.isArray(value) ? Number(part) : part;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
    return step;
  });
}
