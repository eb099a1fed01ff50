import { loadCatalog, loadMeasuredServing } from "../../components/catalog/load.ts";
import { byName } from "../../components/catalog/names.ts";
import { type Prepared, prepare } from "../../components/serving/capacity/formula.ts";
import { isOutlier, isStartUp, measuredRuns, type Run } from "../../components/serving/capacity/measured-runs.ts";
import { maxSequences, memoryOf } from "../../components/serving/capacity/memory.ts";
import { tensorParallel } from "../../components/serving/capacity/parallel.ts";
import type { Point } from "../../components/serving/capacity/point.ts";
import { precisionOf } from "../../components/serving/capacity/precision.ts";
import { table } from "../support/csv.ts";

const catalog = loadCatalog();

export interface ClosedLoop {
  readonly runs: readonly Run[];
  /** Rows that each exclusion rule takes out, by its name. */
  readonly exclusions: Readonly<Record<string, number>>;
}

export function closedLoopRuns(): ClosedLoop {
  const rows = loadMeasuredServing();
  const runs = measuredRuns(rows, catalog);
  const how = (excluded: (run: Run) => boolean): number => runs.filter(excluded).length;
  return {
    runs,
    exclusions: {
      "8.1 copies of a run": rows.length - runs.length,
      "8.2 runs of a configuration measured more than once (kept, in one fold)": how((run) => run.repeats > 1),
      "8.3 more sequences than the KV cache holds": how((run) => run.starved),
      "8.4 start-up artefact of SGLang, DeepSeek-R1 fp4, 2025-11-10": how(isStartUp),
      "8.5 gpt-oss-120b on H200, TensorRT-LLM, tp 1, concurrency 64": how(isOutlier),
    },
  };
}

/** A run with all requests sent at once: throughput at the largest batch that fits. */
export interface OfflineRun {
  readonly prepared: Prepared;
  readonly point: Point;
  readonly inFlight: number;
  readonly tokensPerSecond: number;
  readonly pipeline: boolean;
}

/** Release day of TensorRT-LLM 1.0. */
const OFFLINE_DAY = "2025-09-24";
/** Largest batch of a data-parallel rank in the source's method. */
const OFFLINE_BATCH = 2048;

/** Requests in the source's method, by lengths. */
function offlineRequests(isl: number, osl: number): number {
  if (isl === 128 && osl === 128) return 30_000;
  if (isl >= 20_000) return 1_000;
  return osl <= 2_048 ? 3_000 : 1_500;
}

export function offlineRuns(): readonly OfflineRun[] {
  return table("serving-offline-throughput.csv").map((row) => {
    const [, tensor = "1", pipeline = "1"] = /^TP(\d+)(?:PP(\d+))?$/.exec(row.parallel ?? "") ?? [];
    const model = byName(catalog.models, row.model ?? "");
    const gpu = byName(catalog.gpus, row.gpu ?? "");
    const architecture = model?.architecture.value;
    const precision = architecture && precisionOf(architecture, row.precision ?? "");
    if (!model || !gpu || !architecture || !precision) throw new Error(`offline: ${row.model} on ${row.gpu}`);
    const widths = offlineParallel(Number(tensor), Number(pipeline), architecture.routed !== null);
    const [inputTokens, outputTokens] = [Number(row.isl), Number(row.osl)];
    const base = { model: model.id, architecture, gpu, precision, parallel: widths, engine: "trtllm" as const };
    const fits = maxSequences(memoryOf(base), inputTokens + outputTokens);
    const ranks = widths.attentionData;
    const sequences = Math.max(1, Math.min(fits, OFFLINE_BATCH, offlineRequests(inputTokens, outputTokens) / ranks));
    const point: Point = {
      ...base,
      version: row.trtllm_version ?? "",
      measured: OFFLINE_DAY,
      load: { kind: "closed", concurrency: sequences * ranks },
      requests: { inputTokens, outputTokens, prefixHitRate: 0 },
      speculation: { kind: "off" },
    };
    const prepared = prepare(point);
    if (prepared === null) throw new Error(`offline: ${row.model} on ${row.gpu} cannot be computed`);
    const tokensPerSecond = Number(row.output_tps_total);
    return {
      prepared,
      point,
      inFlight: sequences * ranks,
      tokensPerSecond,
      pipeline: row.parallel?.includes("PP") ?? false,
    };
  });
}

/**
 * The table names one width only. Routed models on switched links must have run with data-parallel attention and
 * expert-parallel experts: with tensor parallelism their weights would leave Llama-4 on H100 twice the KV cache that its
 * throughput shows, and Qwen3-235B would be faster than its own all-reduces. The PCIe part is of the same benchmark.
 */
function offlineParallel(width: number, pipeline: number, routed: boolean) {
  if (!routed || width === 1) return tensorParallel(width, pipeline);
  return { tensor: 1, attentionData: width, expertTensor: 1, expert: width, pipeline };
}
