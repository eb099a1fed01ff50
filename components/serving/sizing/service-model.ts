import { ENGINES } from "../capacity/engine.ts";
import { latencyOf, type Prepared, prepare } from "../capacity/formula.ts";
import { times } from "../capacity/load-point.ts";
import { maxSequences } from "../capacity/memory.ts";
import { gpusOf } from "../capacity/parallel.ts";
import type { Configuration, Point } from "../capacity/point.ts";
import { wattsPerGpu } from "../capacity/power.ts";
import type { Basis, Knowledge, Predictor } from "../capacity/predict.ts";
import { prefillSeconds, stepSeconds } from "../capacity/step.ts";
import type { Replica, StepTime } from "../simulation/replica.ts";

/** The lengths that a replica works on: means of the traffic, and how much of a prompt is found in a cache. */
export interface Work {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly prefixHitRate: number;
}

/** A replica, or one data-parallel rank of it, as the simulation runs it, and how sure its step time is. */
export interface ServiceModel {
  readonly replica: Replica;
  /** Factors on the step time that hold 80 % of measured runs. */
  readonly interval: { readonly low: number; readonly high: number };
  readonly basis: Basis;
  readonly gpus: number;
  /** Data-parallel ranks, each a replica with requests of its own. */
  readonly ranks: number;
  readonly weightsBytesPerGpu: number;
  readonly keyValueBytesPerGpu: number;
  /** Cache that one more token takes on each GPU. */
  readonly keyValueBytesPerToken: number;
  /** False under 10 GiB of KV cache: what fits is then not established. */
  readonly established: boolean;
  /** Draw of one GPU while so many sequences run on the replica. */
  readonly wattsPerGpu: (sequences: number) => number;
}

interface Refusal {
  readonly refused: string;
}
export const isRefusal = (value: ServiceModel | Refusal): value is Refusal => "refused" in value;

/** Sequences that vLLM runs at most by default, on GPUs of 70 GiB and more. */
const MOST_SEQUENCES = 1_024;
/** Host time of a request around its first token, 8 to 16 ms (BLIS: 15.6 + 0.8 ms). */
const REQUEST_OVERHEAD_S = 0.012;
/** Load at which the prediction is compared with measured runs, where memory allows: they were run at 4 to 512. */
const COMPARED_SEQUENCES = 64;

/** The replica of a configuration, its step time corrected by measured runs near it; or why there is none. */
export function serviceModel(
  configuration: Configuration,
  work: Work,
  knowledge: Knowledge,
  predict: Predictor,
): ServiceModel | Refusal {
  const point = pointOf(configuration, work, 1);
  const prepared = prepare(point);
  if (prepared === null) return { refused: `${configuration.gpu.id} has no units that this precision is computed in` };
  const alone = predict(point);
  if (alone.prediction === null) return { refused: alone.reason };
  const compared = Math.min(COMPARED_SEQUENCES, prepared.maxSequences) * configuration.parallel.attentionData;
  return modelOf(prepared, pointOf(configuration, work, compared), work, knowledge, predict);
}

function modelOf(
  prepared: Prepared,
  compared: Point,
  work: Work,
  knowledge: Knowledge,
  predict: Predictor,
): ServiceModel | Refusal {
  const { prediction, reason } = predict(compared);
  const formula = latencyAt(compared, knowledge);
  if (prediction === null || formula === null) return { refused: reason };
  const { memory, point } = prepared;
  const factor = (prediction.tpotSeconds / formula) * matureOf(prepared, knowledge);
  const tokens = Math.ceil(work.inputTokens + work.outputTokens);
  return {
    replica: {
      stepTime: remembered(stepTimeOf(prepared, knowledge, factor)),
      maxSequences: MOST_SEQUENCES,
      keyValueTokens: maxSequences(memory, tokens) * tokens,
      maxBatchedTokens: ENGINES[point.engine].maxBatchedTokens * point.parallel.pipeline,
      prefixHitRate: work.prefixHitRate,
      tokensPerStep: 1,
      promptPassS: factor * passS(prepared, work, knowledge),
      requestOverheadS: REQUEST_OVERHEAD_S,
    },
    interval: {
      low: prediction.tpotLowSeconds / prediction.tpotSeconds,
      high: prediction.tpotHighSeconds / prediction.tpotSeconds,
    },
    basis: prediction.basis,
    gpus: gpusOf(point.parallel),
    ranks: point.parallel.attentionData,
    weightsBytesPerGpu: memory.weightsBytesPerGpu,
    keyValueBytesPerGpu: memory.keyValueBytesPerGpu,
    keyValueBytesPerToken: memory.keyValue.bytesPerToken + (memory.keyValue.windowed?.bytesPerToken ?? 0),
    established: memory.established,
    wattsPerGpu: (sequences) => wattsPerGpu(point.gpu.tdpWatts, sequences),
  };
}

function latencyAt(point: Point, { constants }: Knowledge): number | null {
  const prepared = prepare(point);
  return prepared === null ? null : (latencyOf(constants, prepared)?.tpotSeconds ?? null);
}

function matureOf({ deployment, point, months, maxSequences: most }: Prepared, { constants }: Knowledge): number {
  return times(constants, deployment, { requests: point.requests, speculation: null, maxSequences: most, months }, 1)
    .mature;
}

/** A token of a prompt of mean length: what it takes longer than its share of a step, where there are several stages. */
function passS({ deployment, point }: Prepared, { inputTokens }: Work, { constants }: Knowledge): number {
  return ((1 - 1 / point.parallel.pipeline) * prefillSeconds(constants, deployment, inputTokens)) / inputTokens;
}

/** Sequences and prompts take turns in the stages of a pipeline: each stage has its share of them. */
function stepTimeOf({ deployment, point }: Prepared, { constants }: Knowledge, factor: number): StepTime {
  const stages = point.parallel.pipeline;
  return ({ prefillTokens, prefillPairs, decodeSequences, contextTokens }) =>
    factor *
    stepSeconds(constants, deployment, {
      decodeSequences: decodeSequences / stages,
      contextTokens: decodeSequences > 0 ? contextTokens / decodeSequences : 0,
      prefillTokens: prefillTokens / stages,
      prefillPairs: prefillPairs / stages,
    });
}

/** Contexts closer than this are one to a decode step: its time differs by less than half a per cent. */
const CONTEXT_GRAIN = 64;

/** Decode steps are asked for again and again in a simulation, at much the same sequences and contexts. */
function remembered(stepTime: StepTime): StepTime {
  const known = new Map<number, number>();
  return (step) => {
    const { decodeSequences, contextTokens, prefillTokens } = step;
    if (prefillTokens > 0 || decodeSequences === 0 || !Number.isInteger(decodeSequences)) return stepTime(step);
    const context = Math.round(contextTokens / decodeSequences / CONTEXT_GRAIN);
    const key = context * 65_536 + decodeSequences;
    const before = known.get(key);
    if (before !== undefined) return before;
    const seconds = stepTime({ ...step, contextTokens: context * CONTEXT_GRAIN * decodeSequences });
    known.set(key, seconds);
    return seconds;
  };
}

/** The configuration with so many such requests in flight. */
export const pointOf = (configuration: Configuration, work: Work, concurrency: number): Point => ({
  ...configuration,
  version: "",
  measured: "",
  load: { kind: "closed", concurrency },
  requests: {
    inputTokens: Math.ceil(work.inputTokens),
    outputTokens: Math.ceil(work.outputTokens),
    prefixHitRate: 0,
  },
  speculation: { kind: "off" },
});
