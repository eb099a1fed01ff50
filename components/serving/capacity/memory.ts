import type { Architecture } from "../../catalog/architecture.ts";
import type { Gpu } from "../../catalog/gpu.ts";
import { ENGINES, type Engine, type EngineId } from "./engine.ts";
import { type KeyValue, keyValueOf, residentBytes } from "./key-value.ts";
import { gpusOf, type Parallel } from "./parallel.ts";
import { parametersOf } from "./parameters.ts";
import { FORMATS, type Precision } from "./precision.ts";

const BF16_BYTES = 2;
/** Memory that the driver leaves visible: 79.18 of 80 GiB on an H100. */
const VISIBLE_SHARE = 79.18 / 80;
/** Below this KV budget the activation constants decide, and the prediction is not established. */
export const ESTABLISHED_KV_BYTES = 10 * 2 ** 30;

export interface MemoryQuestion {
  readonly architecture: Architecture;
  readonly precision: Precision;
  readonly gpu: Gpu;
  readonly parallel: Parallel;
  readonly engine: EngineId;
  /** Share of GPU memory that the engine may take; the engine's default where null. */
  readonly utilization?: number | null;
}

export interface Memory {
  readonly weightsBytesPerGpu: number;
  /** What is left for the KV cache; negative: the model does not start. */
  readonly keyValueBytesPerGpu: number;
  /** Cache of one sequence on one GPU. */
  readonly keyValue: KeyValue;
  readonly blockTokens: number;
  /** False under 10 GiB of KV cache: the answer then hangs on constants known to half a GiB. */
  readonly established: boolean;
}

/** Weights, KV budget and cache per sequence, in bytes per GPU. Identity and constants: see `ENGINES`. */
export function memoryOf(question: MemoryQuestion): Memory {
  const { architecture, precision, gpu, parallel } = question;
  const engine = ENGINES[question.engine];
  const weightsBytesPerGpu = weightBytesPerGpu(architecture, precision, parallel);
  const keyValueBytesPerGpu = budget(question, engine, gpu.memoryBytes * VISIBLE_SHARE, weightsBytesPerGpu);
  const whole = keyValueOf(architecture, precision.keyValue, parallel.tensor);
  return {
    weightsBytesPerGpu,
    keyValueBytesPerGpu,
    keyValue: perStage(whole, parallel.pipeline),
    blockTokens: engine.blockTokens,
    established: keyValueBytesPerGpu >= ESTABLISHED_KV_BYTES,
  };
}

/** Experts divide over all GPUs of a stage, the rest over the tensor ranks, layers over pipeline stages. */
export function weightBytesPerGpu(architecture: Architecture, precision: Precision, parallel: Parallel): number {
  const { routed, linear, router, embedding, head } = parametersOf(architecture);
  const experts = (routed * expertBytes(architecture, precision)) / (parallel.expert * parallel.expertTensor);
  const rest = (linear * FORMATS[precision.linear].bytes + (router + embedding + head) * BF16_BYTES) / parallel.tensor;
  return (experts + rest) / parallel.pipeline;
}

/** Bytes per expert weight, with the padding of the format's kernels. */
export function expertBytes({ routed }: Architecture, { experts }: Precision): number {
  const { bytes, tile } = FORMATS[experts];
  const width = routed?.intermediate ?? tile;
  return (bytes * Math.ceil(width / tile) * tile) / width;
}

function budget(question: MemoryQuestion, { budget }: Engine, visible: number, weights: number): number {
  const { architecture, parallel } = question;
  const other = gpusOf(parallel) > 1 ? budget.otherBytes.parallel : budget.otherBytes.single;
  if (budget.kind === "utilization") {
    const activation = architecture.routed === null ? budget.activationBytes.dense : budget.activationBytes.routed;
    return (question.utilization ?? budget.utilization) * visible - weights - activation - other;
  }
  const free = visible - weights - activationPeak(question) - other;
  // A share of what is missing would hide how much is missing.
  return free > 0 ? budget.share * free : free;
}

/** Activation of a full prefill step: bytes = 2 · tokens · hidden · c, at least 70 MB (AIConfigurator). */
function activationPeak({ architecture, parallel, engine }: MemoryQuestion): number {
  const wide = architecture.routed !== null || architecture.attention.kind === "latent";
  const [single, two, many] = wide ? [22, 13, 10] : [11, 6.5, 5];
  const factor = parallel.tensor === 1 ? single : parallel.tensor === 2 ? two : many;
  return Math.max(70e6, 2 * ENGINES[engine].maxBatchedTokens * architecture.hidden * factor);
}

const perStage = (keyValue: KeyValue, pipeline: number): KeyValue => ({
  bytesPerToken: keyValue.bytesPerToken / pipeline,
  windowed: keyValue.windowed && { ...keyValue.windowed, bytesPerToken: keyValue.windowed.bytesPerToken / pipeline },
  stateBytes: keyValue.stateBytes / pipeline,
});

/**
 * Sequences of `tokens` tokens that fit beside one another on one data-parallel rank without eviction, each rounded up to
 * whole blocks. 0 where not one fits.
 */
export function maxSequences(memory: Memory, tokens: number): number {
  const { keyValue, blockTokens, keyValueBytesPerGpu } = memory;
  const blocks = Math.ceil(tokens / blockTokens) * blockTokens;
  const each = residentBytes(keyValue, blocks) + keyValue.stateBytes;
  return Math.max(0, Math.floor(keyValueBytesPerGpu / each));
}
