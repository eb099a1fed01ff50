import type { Architecture } from "../../catalog/architecture.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Gpu } from "../../catalog/gpu.ts";
import { byName } from "../../catalog/names.ts";
import { didYouMean } from "../../site/nearest.ts";
import { ENGINES, type EngineId } from "./engine.ts";
import type { Requests } from "./load-point.ts";
import { faultOfParallel, type Parallel } from "./parallel.ts";
import { PRECISION_LABELS, type Precision, precisionOf } from "./precision.ts";
import { type RecordedSpeculation, recordedSpeculation } from "./recorded-speculation.ts";

/** A mean month, in milliseconds. */
export const MONTH_MS = 30.4375 * 24 * 3600 * 1000;

/** One way to serve a model: what is to be predicted of a replica. */
export interface Configuration {
  /** Catalog id, or the name as given where the architecture comes from a config.json. */
  readonly model: string;
  readonly architecture: Architecture;
  readonly gpu: Gpu;
  readonly precision: Precision;
  readonly parallel: Parallel;
  readonly engine: EngineId;
}

/** An operating point: what is asked of the model. */
export interface Point extends Configuration {
  readonly version: string;
  /** Day of the engine's run, ISO 8601; empty: as new as the newest measured one. */
  readonly measured: string;
  readonly load: Load;
  readonly requests: Requests;
  readonly speculation: RecordedSpeculation;
}
type Load =
  | { readonly kind: "closed"; readonly concurrency: number }
  | { readonly kind: "open"; readonly requestsPerSecond: number };

/** Why a row is no operating point. */
export interface PointFault {
  readonly fault: string;
}
export const isPointFault = (value: Point | PointFault): value is PointFault => "fault" in value;

/** Columns of a row by their names; unknown ones are let alone. */
export type Columns = Readonly<Record<string, string | undefined>>;

/** An architecture that stands in for the catalog's, by the name that rows give it. */
export interface GivenModel {
  readonly name: string;
  readonly architecture: Architecture;
}

/** Reads a row with the columns of the measured table. Text from outside: nothing is assumed but what is said. */
export function readPoint(columns: Columns, catalog: Catalog, given: GivenModel | null = null): Point | PointFault {
  const model = modelOf(columns.model ?? "", catalog, given);
  if ("fault" in model) return model;
  const gpu = byName(catalog.gpus, columns.system ?? "");
  if (gpu === undefined) return unknownName("GPU (column system)", columns.system, [...catalog.gpus.keys()]);
  const engine = (columns.backend ?? "").trim().toLowerCase();
  if (!isEngine(engine)) return unknownName("engine (column backend)", columns.backend, Object.keys(ENGINES));
  const kernels = { linear: columns.gemm_quant ?? "", experts: columns.moe_quant ?? "" };
  const precision = precisionOf(model.architecture, columns.precision ?? "", kernels);
  if (precision === null) {
    const got = [columns.precision, kernels.linear, kernels.experts].filter((label) => label).join(", ");
    return unknownName(
      "precision (with gemm_quant and moe_quant)",
      got,
      PRECISION_LABELS,
      `one of ${PRECISION_LABELS.join(", ")}`,
    );
  }
  const numbers = numbersOf(columns);
  if ("fault" in numbers) return numbers;
  return {
    model: model.id,
    architecture: model.architecture,
    gpu,
    precision,
    engine,
    version: (columns.version ?? "").trim(),
    measured: (columns.measured ?? "").trim(),
    ...numbers,
    speculation: recordedSpeculation(columns.spec_decode ?? ""),
  };
}

const isEngine = (name: string): name is EngineId => Object.hasOwn(ENGINES, name);

function modelOf(name: string, catalog: Catalog, given: GivenModel | null) {
  if (given !== null && (given.name === "" || given.name.toLowerCase() === name.trim().toLowerCase())) {
    return { id: name, architecture: given.architecture };
  }
  const model = byName(catalog.models, name);
  if (model === undefined) return unknownName("model", name, [...catalog.models.keys()], "give --model-config");
  const architecture = model.architecture.value;
  return architecture === null
    ? { fault: `model ${model.id}: its dimensions are unknown` }
    : { id: model.id, architecture };
}

function unknownName(
  what: string,
  got: string | undefined,
  known: readonly string[],
  otherwise = `one of ${known.join(", ")}`,
): PointFault {
  return { fault: `${what}: got ${got || "nothing"} · ${didYouMean(got ?? "", known, otherwise)}` };
}

/** A whole number of at least 1; empty means `absent`. */
function count(columns: Columns, key: string, absent: number | null): number | PointFault {
  const text = (columns[key] ?? "").trim();
  if (text === "" && absent !== null) return absent;
  const value = Number(text);
  return text !== "" && Number.isInteger(value) && value >= 1 && value <= 1e9
    ? value
    : { fault: `${key}: got ${text || "nothing"} · allowed a whole number of at least 1` };
}

function numbersOf(columns: Columns): Pick<Point, "requests" | "parallel" | "load"> | PointFault {
  const read = {
    inputTokens: count(columns, "isl", null),
    outputTokens: count(columns, "osl", null),
    tensor: count(columns, "tp", null),
    pipeline: count(columns, "pp", 1),
    attentionData: count(columns, "attn_dp", 1),
  };
  for (const value of Object.values(read)) if (typeof value === "object") return value;
  const { inputTokens, outputTokens, tensor, pipeline, attentionData } = read as Record<keyof typeof read, number>;
  const experts = expertWidths(columns, tensor * attentionData);
  if ("fault" in experts) return experts;
  const parallel = { tensor, pipeline, attentionData, ...experts };
  const parallelFault = faultOfParallel(parallel);
  if (parallelFault !== null) return { fault: parallelFault };
  const load = loadOf(columns);
  if ("fault" in load) return load;
  const prefixHitRate = Number((columns.prefix_hit_rate ?? "").trim());
  if (!(prefixHitRate >= 0 && prefixHitRate <= 1)) {
    return { fault: `prefix_hit_rate: got ${columns.prefix_hit_rate} · allowed 0 to 1` };
  }
  return { requests: { inputTokens, outputTokens, prefixHitRate }, parallel, load };
}

/** Expert widths that are not given follow from the others: all GPUs of a stage share the experts. */
function expertWidths(columns: Columns, ranks: number): Pick<Parallel, "expertTensor" | "expert"> | PointFault {
  const expert = count(columns, "moe_ep", 1);
  if (typeof expert === "object") return expert;
  const expertTensor = count(columns, "moe_tp", Math.max(1, Math.floor(ranks / expert)));
  return typeof expertTensor === "object" ? expertTensor : { expertTensor, expert };
}

function loadOf(columns: Columns): Load | PointFault {
  const rate = (columns.qps_offered ?? "").trim();
  if (rate !== "" && (columns.concurrency ?? "").trim() === "") {
    const requestsPerSecond = Number(rate);
    return requestsPerSecond > 0 && requestsPerSecond < 1e9
      ? { kind: "open", requestsPerSecond }
      : { fault: `qps_offered: got ${rate} · allowed a number above 0` };
  }
  const concurrency = count(columns, "concurrency", null);
  return typeof concurrency === "object" ? concurrency : { kind: "closed", concurrency };
}
