import type { Catalog } from "../../components/catalog/catalog.ts";
import { type Columns, type GivenModel, isPointFault, readPoint } from "../../components/serving/capacity/point.ts";
import { outputTokensPerGpu, type Predictor } from "../../components/serving/capacity/predict.ts";

/** Columns that are added to the input's, in this order. */
const ANSWERS = [
  "pred_ttft_ms",
  "pred_tpot_ms",
  "pred_output_tps",
  "pred_output_tps_per_gpu",
  "pred_power_w_per_gpu",
  "weights_gib_per_gpu",
  "kv_gib_per_gpu",
  "max_sequences",
  "feasible",
  "basis",
  "tpot_low",
  "tpot_high",
  "reason",
] as const;
type AnswerRow = Record<(typeof ANSWERS)[number], string>;

const GIB = 2 ** 30;
const EMPTY = Object.fromEntries(ANSWERS.map((name) => [name, ""])) as AnswerRow;

/** The input's columns, then ours: one that the input already has stays where it is. */
export const answerColumns = (header: readonly string[]): readonly string[] => [...new Set([...header, ...ANSWERS])];

/** A row with its answers. Measured figures in it are passed on, and never looked at. */
export function predictRow(
  columns: Columns,
  catalog: Catalog,
  given: GivenModel | null,
  answer: Predictor,
): Columns & AnswerRow {
  const point = readPoint(columns, catalog, given);
  if (isPointFault(point)) return { ...columns, ...EMPTY, feasible: "false", reason: point.fault };
  const { prediction, weightsBytesPerGpu, keyValueBytesPerGpu, maxSequences, reason } = answer(point);
  const memory = {
    weights_gib_per_gpu: figure(weightsBytesPerGpu, 1 / GIB),
    kv_gib_per_gpu: figure(keyValueBytesPerGpu, 1 / GIB),
    max_sequences: maxSequences === null ? "" : String(maxSequences),
  };
  if (prediction === null) return { ...columns, ...EMPTY, ...memory, feasible: "false", reason };
  return {
    ...columns,
    ...memory,
    pred_ttft_ms: figure(prediction.ttftSeconds, 1e3),
    pred_tpot_ms: figure(prediction.tpotSeconds, 1e3),
    pred_output_tps: figure(prediction.outputTokensPerSecond),
    pred_output_tps_per_gpu: figure(outputTokensPerGpu(point, prediction)),
    pred_power_w_per_gpu: figure(prediction.wattsPerGpu),
    feasible: "true",
    basis: prediction.basis,
    tpot_low: figure(prediction.tpotLowSeconds, 1e3),
    tpot_high: figure(prediction.tpotHighSeconds, 1e3),
    reason,
  };
}

/** Five significant digits, in plain notation; empty where unknown. */
const figure = (value: number | null, scale = 1): string =>
  value === null ? "" : String(Number((value * scale).toPrecision(5)));
