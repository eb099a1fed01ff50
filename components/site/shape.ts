import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Dimension, isMisread, parse, unitsOf } from "../quantity.ts";
import { isDay } from "./day.ts";
import type { Fault } from "./fault.ts";
import { UNKNOWN } from "./fields.ts";
import { nearest } from "./nearest.ts";
import { fromPointer, printPath, type Step } from "./path.ts";
import { siteSchema } from "./schema.ts";

interface FieldSchema {
  readonly quantity?: Dimension;
  readonly orUnknown?: boolean;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
}

const MAX_FAULTS = 100;
let compiled: ValidateFunction | null = null;

/** Holds plain data against the blueprint's schema; every fault of the file at once, in the order of the schema's paths. */
export function shapeFaults(value: unknown): readonly Fault[] {
  compiled ??= compile();
  if (compiled(value)) return [];
  const faults = (compiled.errors ?? []).filter(isTelling).map((error) => faultOf(error, value));
  const known = new Map(faults.map((fault) => [`${fault.path} ${fault.problem}`, fault]));
  return [...known.values()].slice(0, MAX_FAULTS);
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    discriminator: true,
    strictTypes: false,
  });
  ajv.addFormat("date", isDay);
  ajv.addKeyword({ keyword: "orUnknown", schemaType: "boolean" });
  ajv.addKeyword({ keyword: "fact", schemaType: "string" });
  ajv.addKeyword({ keyword: "reference", schemaType: "string" });
  ajv.addKeyword({
    keyword: "quantity",
    schemaType: "string",
    validate: (dimension: Dimension, data: unknown, schema?: FieldSchema) =>
      (schema?.orUnknown === true && data === UNKNOWN) ||
      (isScalar(data) && !isMisread(parse(dimension, String(data)))),
  });
  return ajv.compile(siteSchema);
}

const isScalar = (data: unknown): data is string | number => typeof data === "string" || typeof data === "number";

/** The branch keywords only repeat what the errors inside the branch say. */
const isTelling = ({ keyword, params, schemaPath, data }: ErrorObject): boolean =>
  keyword !== "if" &&
  keyword !== "anyOf" &&
  !(keyword === "discriminator" && params.error !== "mapping" && params.error !== "tag") &&
  !(keyword === "quantity" && !isScalar(data)) &&
  !(keyword === "type" && schemaPath.includes("/anyOf/"));

function faultOf(error: ErrorObject, root: unknown): Fault {
  const steps = stepsOf(error.instancePath, root);
  const path = printPath(steps);
  const schema = (error.parentSchema ?? {}) as FieldSchema;
  const describe = DESCRIBE.get(error.keyword) ?? describeOther;
  return describe({ error, steps, path, schema, got: show(error.data) });
}

interface Described {
  readonly error: ErrorObject;
  readonly steps: readonly Step[];
  readonly path: string;
  readonly schema: FieldSchema;
  readonly got: string;
}

const DESCRIBE: ReadonlyMap<string, (described: Described) => Fault> = new Map([
  ["additionalProperties", unknownKey],
  ["required", missingKey],
  ["quantity", misreadQuantity],
  ["enum", notAmong],
  ["const", notAmong],
  ["discriminator", notAmong],
  ["type", wrongType],
]);

function unknownKey({ error, steps, schema }: Described): Fault {
  const key = String(error.params.additionalProperty);
  const known = Object.keys(schema.properties ?? {});
  const near = nearest(key, known);
  return {
    path: printPath([...steps, key]),
    atKey: true,
    problem: "unknown key",
    got: show(key),
    allowed: known.join(", "),
    fix: near === null ? "delete it" : `did you mean ${near}?`,
  };
}

function missingKey({ error, steps, schema }: Described): Fault {
  const key = String(error.params.missingProperty);
  const field = schema.properties?.[key];
  const example = field?.examples?.[0];
  return {
    path: printPath([...steps, key]),
    atKey: true,
    problem: `missing key ${key}`,
    got: "nothing",
    allowed: lowerFirst(field?.description ?? `a value for ${key}`),
    fix: `add ${key}${example === undefined ? "" : `, as in "${key}: ${String(example)}"`}`,
  };
}

function misreadQuantity({ error, path, schema }: Described): Fault {
  const dimension = schema.quantity ?? "power";
  const text = String(error.data);
  const read = parse(dimension, text);
  const misread = isMisread(read) ? read : { got: text, allowed: "", meant: null };
  const meant = misread.meant === null ? null : text.replace(/[A-Za-z/%$]+$/, misread.meant);
  return {
    path,
    problem: `not a ${WORD[dimension]}`,
    got: show(error.data),
    allowed: `${misread.allowed}${schema.orUnknown === true ? ", or unknown" : ""}`,
    fix: meant === null ? `write it as in "${unitsOf(dimension).example}"` : `did you mean "${meant}"?`,
  };
}

const WORD: Readonly<Record<Dimension, string>> = {
  power: "power",
  voltage: "voltage",
  dataRate: "data rate",
  bytes: "number of bytes",
  duration: "duration",
  ratio: "ratio",
  money: "sum of money",
  energyPrice: "price of energy",
};

function notAmong({ error, steps, got }: Described): Fault {
  const tag = error.params.tag === undefined ? steps : [...steps, String(error.params.tag)];
  const allowed = (error.params.allowedValues ??
    (error.params.allowedValue === undefined ? TARGETS : [error.params.allowedValue])) as readonly unknown[];
  const words = allowed.map(String);
  const shown = error.params.tagValue === undefined ? got : show(error.params.tagValue);
  const near =
    typeof error.data === "string" ? nearest(error.data, words) : nearest(String(error.params.tagValue ?? ""), words);
  return {
    path: printPath(tag),
    problem: "not one of the words allowed",
    got: shown,
    allowed: words.join(", "),
    fix: near === null ? `write one of them` : `did you mean ${near}?`,
  };
}

const TARGETS = ["render", "kubernetes"];

function wrongType({ error, path, schema, got }: Described): Fault {
  const types = [error.params.type].flat().map(String);
  const allowed = types.map((type) => TYPE_WORDS.get(type) ?? type).join(" or ");
  const example = schema.examples?.[0];
  return {
    path,
    problem: "wrong kind of value",
    got,
    allowed:
      schema.quantity === undefined
        ? `${allowed}${example === undefined ? "" : `, as in ${String(example)}`}`
        : `text with a unit, as in "${unitsOf(schema.quantity).example}"`,
    fix: schema.description ?? `write ${allowed}`,
  };
}

const TYPE_WORDS = new Map([
  ["object", "a block of keys"],
  ["array", "a list"],
  ["string", "text"],
  ["integer", "a whole number"],
  ["boolean", "true or false"],
]);

function describeOther({ error, path, schema, got }: Described): Fault {
  const [problem, allowed] = BOUND.get(error.keyword) ?? ["not allowed", () => error.message ?? error.keyword];
  const example = schema.examples?.[0];
  return {
    path,
    problem,
    got,
    allowed: allowed(error.params.limit as number, schema),
    fix: example === undefined ? "write a value that is allowed" : `write it as in "${String(example)}"`,
  };
}

/** What a bound of the schema means to a person. */
const BOUND = new Map<string, readonly [string, (limit: number, schema: FieldSchema) => string]>([
  ["pattern", ["not in the form asked for", (_limit, { description }) => lowerFirst(description ?? "another form")]],
  ["format", ["not a calendar day", () => "a day that the calendar has"]],
  ["minimum", ["too small", (limit) => `${limit} or more`]],
  ["maximum", ["too large", (limit) => `${limit} or less`]],
  ["minLength", ["empty", () => "some text"]],
  ["maxLength", ["too long", (limit) => `at most ${limit} characters`]],
  ["minItems", ["too few entries", (limit) => `${limit} or more`]],
  ["maxItems", ["too many entries", (limit) => `at most ${limit}`]],
]);

const lowerFirst = (text: string): string => text.replace(/^./, (char) => char.toLowerCase()).replace(/\.$/, "");

/** Array indices of a pointer are numbers, object keys are text, whatever they look like. */
function stepsOf(pointer: string, root: unknown): readonly Step[] {
  let value = root;
  return fromPointer(pointer).map((part) => {
    const step = Array.isArray(value) ? Number(part) : part;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
    return step;
  });
}

function show(value: unknown): string {
  if (typeof value === "string") return value.length > 80 ? `${value.slice(0, 77)}…` : value === "" ? '""' : value;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "a block of keys" : String(value);
}
