import type { Catalog } from "../../catalog/catalog.ts";
import { type Prepared, prepare } from "./formula.ts";
import { maxSequences } from "./memory.ts";
import { type Columns, isPointFault, type Point, readPoint } from "./point.ts";

/** A measured run and what the exclusion rules say of it. */
export interface Run {
  readonly prepared: Prepared;
  readonly point: Point;
  readonly concurrency: number;
  readonly ttftSeconds: number;
  readonly tpotSeconds: number;
  /** What was run, without when. */
  readonly configuration: string;
  /** Runs of the same configuration, this one included. */
  readonly repeats: number;
  /** More sequences than the KV cache holds: rule 8.3. */
  readonly starved: boolean;
  /** Rules 8.3, 8.4 and 8.5. */
  readonly firstTokenExcluded: boolean;
}

const CONFIGURATION = "backend model system precision isl osl concurrency tp attn_dp moe_tp moe_ep".split(" ");

/** The distinct runs of the measured table. Copies of a run under another id are one run: rule 8.1. */
export function measuredRuns(rows: readonly Columns[], catalog: Catalog): readonly Run[] {
  const identity = (row: Columns): string => [configurationOf(row), row.measured, row.ttft_ms, row.tpot_ms].join();
  const distinct = [...Map.groupBy(rows, identity).values()].flatMap((copies) => copies.slice(0, 1));
  const repeats = Map.groupBy(distinct, configurationOf);
  return distinct.map((row) => run(row, catalog, repeats.get(configurationOf(row))?.length ?? 1));
}

const configurationOf = (row: Columns): string => CONFIGURATION.map((column) => row[column]).join();

function run(row: Columns, catalog: Catalog, repeats: number): Run {
  const point = readPoint(row, catalog);
  if (isPointFault(point)) throw new Error(`measured-serving.csv: ${point.fault}`);
  const prepared = prepare(point);
  if (prepared === null) throw new Error(`measured-serving.csv: ${point.model} on ${point.gpu.id} cannot be computed`);
  const plain = {
    prepared,
    point,
    concurrency: Number(row.concurrency),
    ttftSeconds: Number(row.ttft_ms) / 1e3,
    tpotSeconds: Number(row.tpot_ms) / 1e3,
    configuration: configurationOf(row),
    repeats,
    starved: starved(point, Number(row.concurrency), prepared),
  };
  return { ...plain, firstTokenExcluded: plain.starved || isStartUp(plain) || isOutlier(plain) };
}

/** Rule 8.3 counts against the reserve it was written for: 3.5 GB, then 93 % of what is free. */
function starved(point: Point, concurrency: number, { memory }: Prepared): boolean {
  const keyValueBytesPerGpu = (point.gpu.memoryBytes - 3.5e9 - memory.weightsBytesPerGpu) * 0.93;
  const { inputTokens, outputTokens } = point.requests;
  const fits = maxSequences({ ...memory, keyValueBytesPerGpu }, inputTokens + outputTokens);
  return concurrency / point.parallel.attentionData > fits;
}

type Plain = Omit<Run, "firstTokenExcluded">;

export const isStartUp = ({ point, ttftSeconds }: Plain): boolean =>
  point.engine === "sglang" &&
  point.model === "deepseek-r1" &&
  point.precision.experts === "nvfp4" &&
  point.measured === "2025-11-10" &&
  ttftSeconds > 5;

export const isOutlier = ({ point, concurrency }: Plain): boolean =>
  point.model === "gpt-oss-120b" &&
  point.gpu.id === "h200_sxm" &&
  point.engine === "trtllm" &&
  point.parallel.tensor === 1 &&
  point.requests.inputTokens === 1024 &&
  point.requests.outputTokens === 8192 &&
  concurrency === 64;
