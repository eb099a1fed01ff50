import { createReadStream, statSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Arrival } from "../../components/serving/traffic/arrivals.ts";
import { Problem } from "../problem.ts";

/** Names under which public traces and gateways write the three figures of a request, in lower case. */
const NAMES = {
  time: ["timestamp", "arrived_at", "arrival", "time", "start_time"],
  input: ["contexttokens", "input_length", "input_tokens", "prompt_tokens", "num_prefill_tokens"],
  output: ["generatedtokens", "output_length", "output_tokens", "completion_tokens", "num_decode_tokens"],
} as const;
type Figure = keyof typeof NAMES;

/** What a number in the column of times counts. */
export const UNITS = { s: 1, ms: 1e3, us: 1e6 } as const;
export type Unit = keyof typeof UNITS;

/** A row of a table or an object of a line, by its own names. */
type Request = Readonly<Record<string, unknown>>;

/** The requests of a trace; `clock` where their times are those of a day, in UTC, and not counted from a start. */
export interface Trace {
  readonly arrivals: readonly Arrival[];
  readonly clock: boolean;
}

const MAX_ROW_CHARACTERS = 100_000;

/** A trace as a CSV table with a header, or as a JSON object a line; told apart by the first letter that is no space. */
export async function readTrace(path: string, unit: Unit): Promise<Trace> {
  const file = resolve(path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Problem({ what: "trace", got: path, allowed: "a CSV or JSON Lines file", fix: "name another file" });
  const isLines = /^[\s\uFEFF]*\{/.test(await headOf(file));
  const requests = isLines ? linesIn(createReadStream(file), path) : rowsIn(createReadStream(file), path);
  return traceOf(requests, path, unit);
}

async function headOf(file: string): Promise<string> {
  for await (const chunk of createReadStream(file, { end: 4_095, encoding: "utf8" })) return String(chunk);
  return "";
}

interface Placed {
  readonly line: number;
  readonly request: Request;
}

async function* rowsIn(source: Readable, path: string): AsyncGenerator<Placed> {
  const rows = source.pipe(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, max_record_size: MAX_ROW_CHARACTERS }),
  );
  source.on("error", (error) => rows.destroy(error));
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: Request; info: { lines: number } }>)
      yield { line: info.lines, request: record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw malformed(
      path,
      Number(error.lines),
      error.message,
      "rows of as many fields as the header, quoted as RFC 4180 says",
    );
  }
}

async function* linesIn(source: Readable, path: string): AsyncGenerator<Placed> {
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "") continue;
    yield { line, request: objectIn(text, path, line) };
  }
}

function objectIn(text: string, path: string, line: number): Request {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Request;
  } catch {
    // Told below, as what is no object is.
  }
  throw malformed(path, line, text, "a JSON object on each line");
}

async function traceOf(requests: AsyncIterable<Placed>, path: string, unit: Unit): Promise<Trace> {
  const arrivals: Arrival[] = [];
  let keys: Readonly<Record<Figure, string>> | null = null;
  let clock = true;
  for await (const { line, request } of requests) {
    keys ??= keysOf(request, path);
    const time = timeOf(request[keys.time], unit);
    const inputTokens = tokensOf(request[keys.input]);
    const outputTokens = tokensOf(request[keys.output]);
    if (time === null)
      throw malformed(path, line, String(request[keys.time]), `${keys.time}: a number, or a time with its day`);
    if (inputTokens === null || outputTokens === null) {
      const key = inputTokens === null ? keys.input : keys.output;
      throw malformed(path, line, String(request[key]), `${key}: a whole number of tokens`);
    }
    clock &&= time.clock;
    arrivals.push({ atS: time.atS, inputTokens, outputTokens });
  }
  if (arrivals.length === 0) throw malformed(path, 1, "nothing", "at least one request under a header");
  return { arrivals, clock };
}

/** The names that this trace has for the three figures. */
function keysOf(request: Request, path: string): Readonly<Record<Figure, string>> {
  const own = new Map(Object.keys(request).map((key) => [key.trim().toLowerCase(), key]));
  const keyOf = (figure: Figure): string => {
    const found = NAMES[figure].find((name) => own.has(name));
    if (found !== undefined) return own.get(found) ?? found;
    throw new Problem({
      what: `${path}: no column for ${WHAT[figure]}`,
      got: [...own.values()].join(", ") || "nothing",
      allowed: NAMES[figure].join(", "),
      fix: "name the column so",
    });
  };
  return { time: keyOf("time"), input: keyOf("input"), output: keyOf("output") };
}
const WHAT = { time: "times", input: "tokens of prompts", output: "tokens of answers" } as const;

const DAY_AND_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Seconds; of a day with its time, since 1970 in UTC, where no offset is written. Stamps have more decimals than a Date keeps. */
function timeOf(value: unknown, unit: Unit): { readonly atS: number; readonly clock: boolean } | null {
  const text = String(value ?? "").trim();
  const [, day, time, fraction = "0", offset = "Z"] = DAY_AND_TIME.exec(text) ?? [];
  if (day !== undefined) {
    const ms = Date.parse(`${day}T${time}${offset}`);
    return Number.isNaN(ms) ? null : { atS: ms / 1_000 + Number(`0${fraction}`), clock: true };
  }
  const number = Number(text);
  return text === "" || !Number.isFinite(number) ? null : { atS: number / UNITS[unit], clock: false };
}

/** A whole number of tokens, as a number or as text. */
function tokensOf(value: unknown): number | null {
  const text = String(value ?? "").trim();
  const number = Number(text);
  return text !== "" && Number.isInteger(number) && number >= 0 && number <= 1e9 ? number : null;
}

const malformed = (path: string, line: number, got: string, allowed: string): Problem =>
  new Problem({ what: `${path}:${line}`, got: got.slice(0, 80) || "nothing", allowed, fix: "mend the line" });
