import { createReadStream, createWriteStream, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { stringify } from "csv-stringify";
import { loadCatalog, loadMeasuredServing } from "../../components/catalog/load.ts";
import { architectureFromConfig, isMissingKeys } from "../../components/serving/capacity/hugging-face.ts";
import { shippedKnowledge } from "../../components/serving/capacity/knowledge.ts";
import type { Columns, GivenModel } from "../../components/serving/capacity/point.ts";
import { predictor } from "../../components/serving/capacity/predict.ts";
import { EXIT, type Io } from "../io.ts";
import { answerColumns, predictRow } from "../predict/row.ts";
import { Problem } from "../problem.ts";

export interface PredictOptions {
  readonly input?: string;
  readonly output?: string;
  readonly modelConfig?: string;
  /** Name that rows give the model of the config; without it, every row is of that model. */
  readonly modelName?: string;
}

/** A row is a few hundred characters: a longer one is a file that is no table. */
const MAX_ROW_CHARACTERS = 100_000;

/** `millrace predict`: operating points in, latency, throughput, memory and power out; row by row, in any number. */
export async function predict(options: PredictOptions, io: Io): Promise<number> {
  const given =
    options.modelConfig === undefined ? null : readModelConfig(options.modelConfig, options.modelName ?? "");
  const catalog = loadCatalog();
  const answer = predictor(shippedKnowledge(loadMeasuredServing(), catalog));
  const counts = { rows: 0, refused: 0 };
  let header: readonly string[] = [];
  const rows = parse({
    bom: true,
    columns: (names: string[]) => {
      header = names;
      return names;
    },
    max_record_size: MAX_ROW_CHARACTERS,
  });
  const answered = async function* (records: AsyncIterable<Columns>) {
    for await (const record of records) {
      if (counts.rows === 0) yield answerColumns(header);
      const row = predictRow(record, catalog, given, answer);
      counts.rows += 1;
      if (row.pred_tpot_ms === "") counts.refused += 1;
      yield answerColumns(header).map((name) => row[name] ?? "");
    }
    if (counts.rows === 0) yield answerColumns(header);
  };
  await flow(options, (source, sink) => pipeline(source, rows, answered, stringify(), sink));
  io.err(
    `${counts.rows} points, ${counts.rows - counts.refused} predicted, ${counts.refused} refused with their reason`,
  );
  return EXIT.proved;
}

/** From file or standard input to file or standard output; a file is there whole or not at all. */
async function flow(options: PredictOptions, run: (source: Readable, sink: Writable) => Promise<void>): Promise<void> {
  const input = options.input ?? "-";
  const output = options.output ?? "-";
  if (input !== "-" && !isFile(input)) throw unreadable("--input", input, "a CSV file, or - for standard input");
  const source = input === "-" ? process.stdin : createReadStream(resolve(input));
  const partial = `${resolve(output)}.${process.pid}.partial`;
  try {
    await run(source, output === "-" ? process.stdout : createWriteStream(partial));
    if (output !== "-") renameSync(partial, resolve(output));
  } catch (error) {
    if (error instanceof CsvError) throw malformed(input, error);
    if (isSystemError(error) && error.code !== "EPIPE")
      throw unreadable("--output", output, "a file in a folder that can be written to");
    throw error;
  } finally {
    if (output !== "-") rmSync(partial, { force: true });
  }
}

const isFile = (path: string): boolean => statSync(resolve(path), { throwIfNoEntry: false })?.isFile() === true;

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && "syscall" in error;

const unreadable = (what: string, got: string, allowed: string): Problem =>
  new Problem({ what, got, allowed, fix: "name another file" });

const malformed = (input: string, { message, code }: CsvError): Problem =>
  new Problem({
    what: `${input === "-" ? "standard input" : input}: no CSV table`,
    got: `${code}: ${message}`,
    allowed: "one header line, then rows of as many fields, quoted as RFC 4180 says",
    fix: "mend the line",
  });

function readModelConfig(file: string, name: string): GivenModel {
  const architecture = architectureFromConfig(parsedConfig(file));
  if (!isMissingKeys(architecture)) return { name, architecture };
  throw new Problem({
    what: `${file}: the model is not established`,
    got: `no ${architecture.missing.join(", no ")}`,
    allowed: "the config.json of a Hugging Face checkpoint",
    fix: "add the keys that are missing, from the model's own repository",
  });
}

function parsedConfig(file: string): unknown {
  if (!isFile(file)) throw unreadable("--model-config", file, "the config.json of a Hugging Face checkpoint");
  try {
    return JSON.parse(readFileSync(resolve(file), "utf8"));
  } catch (error) {
    throw unreadable("--model-config", `${file}: ${error instanceof Error ? error.message : "unreadable"}`, "JSON");
  }
}
