import type { Constants } from "./constant-table.ts";
import type { Deployment, Experts } from "./deployment.ts";
import { residentBytes } from "./key-value.ts";

/** What one engine step does on each data-parallel rank. */
export interface StepWork {
  readonly decodeSequences: number;
  /** Mean tokens in the cache of a decoding sequence. */
  readonly contextTokens: number;
  /** Prompt tokens that the step takes beside them. */
  readonly prefillTokens?: number;
  /** Pairs of a prompt token and a token it attends to: t·(p + t/2) for a chunk of t after p tokens. */
  readonly prefillPairs?: number;
}

const MEBIBYTE = 2 ** 20;
const BF16_BYTES = 2;

/**
 * Seconds of one engine step: an operator roofline plus the engine's overheads. Non-decreasing in sequences, context
 * and prompt tokens; non-increasing in bandwidth, peak and link. With pipeline stages a sequence passes all of them.
 */
export function stepSeconds(constants: Constants, deployment: Deployment, work: StepWork): number {
  const { decodeSequences, contextTokens, prefillTokens = 0, prefillPairs = 0 } = work;
  const tokens = decodeSequences + prefillTokens;
  const compute =
    linearSeconds(constants, deployment, tokens) +
    expertSeconds(constants, deployment, tokens * deployment.parallel.attentionData) +
    decodeAttentionSeconds(constants, deployment, decodeSequences, contextTokens) +
    (deployment.pairFlops * prefillPairs) / (deployment.bf16Peak * constants["attention.prefill"]) +
    overheadSeconds(constants, deployment, decodeSequences);
  const gpu = withExchange(deployment, compute, exchangeSeconds(constants, deployment, tokens));
  return overlapped(
    gpu,
    decodeSequences * constants["host.sequence"] * (deployment.armHost ? constants["host.arm"] : 1),
  );
}

/** Two things that hide one another but where they take about as long: their fourth-power norm. */
function overlapped(one: number, other: number): number {
  const high = Math.max(one, other);
  if (high === 0) return 0;
  const ratio = Math.min(one, other) / high;
  const square = ratio * ratio;
  return high * Math.sqrt(Math.sqrt(1 + square * square));
}

function linearSeconds(constants: Constants, d: Deployment, tokens: number): number {
  const bandwidth = d.memoryBytesPerSecond * constants["memory.linear"];
  const compute = (d.linearFlopsPerToken * tokens) / (d.linearPeak * constants[d.linearCompute]);
  return overlapped(d.linearBytes / bandwidth, compute) + d.headBytes / bandwidth;
}

/**
 * Narrow shares of an expert leave the tensor units half empty, and the tokens of each expert fill up a tile of the grouped
 * product; kernels that unpack weights have the smallest tiles.
 */
function expertSeconds(constants: Constants, d: Deployment, tokens: number): number {
  const { experts } = d;
  if (experts === null) return 0;
  const touched = touchedShare(constants, experts, tokens);
  const read = 1 / (d.memoryBytesPerSecond * constants["memory.expert"]);
  const perByte = experts.unpacked ? Math.max(read, 1 / constants.dequantization) : read;
  const filled = experts.width / (experts.width + constants["expert.halfWidth"]);
  const padding = experts.unpacked
    ? 0
    : (constants["expert.padding"] * experts.count * touched) / experts.activePerToken;
  const compute = (experts.flopsPerToken * (tokens + padding)) / (experts.peak * constants[experts.compute] * filled);
  return (
    busiestRank(constants, d, tokens * experts.activePerToken) * overlapped(experts.bytes * touched * perByte, compute)
  );
}

/**
 * Share of the experts that T tokens touch: 1 − (1 − k/E)^T were they to choose freely. Routers favour some experts, so that
 * each token after the first adds less.
 */
function touchedShare(constants: Constants, { activePerToken, count }: Experts, tokens: number): number {
  const free = tokens <= 1 ? tokens : 1 + constants["expert.distinct"] * (tokens - 1);
  return 1 - (1 - activePerToken / count) ** free;
}

/** Assignments to a rank from which chance evens out. */
const BALANCED_ASSIGNMENTS = 1024;

/**
 * Load of the busiest expert-parallel rank over the mean: chance, which averages out with the root of the tokens that a
 * rank is sent. What skew of the router remains, engines balance by copies of busy experts.
 */
function busiestRank(constants: Constants, { parallel, tuning }: Deployment, assignments: number): number {
  if (parallel.expert === 1 || tuning.evenExperts) return 1;
  return 1 + constants["expert.imbalance"] / Math.sqrt(1 + assignments / parallel.expert / BALANCED_ASSIGNMENTS);
}

function decodeAttentionSeconds(constants: Constants, d: Deployment, sequences: number, context: number): number {
  const cache =
    (sequences * residentBytes(d.keyValue, context)) / (d.memoryBytesPerSecond * constants[d.keyValueMemory]);
  const latent = (sequences * d.cachedTokenFlops * context) / (d.latentPeak * constants["attention.latent"]);
  // Linear layers read and write their whole state in every step.
  const state = (2 * sequences * d.keyValue.stateBytes) / (d.memoryBytesPerSecond * constants["memory.state"]);
  return overlapped(cache, latent) + state;
}

/**
 * Every layer reduces attention over its tensor ranks and the MLP over all ranks of the stage. Under data-parallel
 * attention each rank holds other tokens: routed layers then gather and scatter them, each about as long as an
 * all-reduce outside of fused kernels, or send each token to its experts and back where that is faster.
 */
function exchangeSeconds(constants: Constants, d: Deployment, tokens: number): number {
  const { tensor, attentionData } = d.parallel;
  const attention = reduceSeconds(constants, d, tokens, tensor);
  if (attentionData === 1) return 2 * d.layers * attention;
  const gathered = 2 * reduceSeconds(constants, d, tokens * attentionData, d.ranks);
  const routed = d.tuning.allToAll ? Math.min(gathered, allToAllSeconds(constants, d, tokens)) : gathered;
  return d.layers * attention + d.routedLayers * routed + (d.layers - d.routedLayers) * attention;
}

/**
 * Where an all-to-all leaves the scale-up domain, engines split a step into two micro-batches: half of the shorter of
 * exchange and computation hides behind the other. Inside it they do not: halved batches cost more than the links take.
 */
function withExchange(d: Deployment, compute: number, exchange: number): number {
  return d.tuning.allToAll && d.ranks > d.domain
    ? Math.max(compute, exchange) + Math.min(compute, exchange) / 2
    : compute + exchange;
}

/** Ring bound, latency, and a middle range in which measured latencies grow with the root of the message. */
function reduceSeconds(constants: Constants, d: Deployment, tokens: number, ranks: number): number {
  if (ranks === 1) return 0;
  const bytes = tokens * d.hidden * BF16_BYTES;
  const link = ranks > d.domain ? d.scaleOutBytesPerSecond : d.scaleUpBytesPerSecond;
  const ring = (2 * bytes * (ranks - 1)) / ranks / (link * constants["allReduce.bandwidth"]);
  return constants["allReduce.latency"] + ring + constants["allReduce.middle"] * Math.sqrt(bytes / MEBIBYTE);
}

/**
 * All-to-all of expert parallelism over a logical bandwidth, by DeepEP's tables: 0.78 of the link where latency counts;
 * throughput kernels send a token once to each node rather than to each rank, and reach 2.3 of 400 Gb/s. A token goes once to
 * each rank that holds some of its k experts: (R − 1)·(1 − (1 − 1/R)^k) others of R.
 */
function allToAllSeconds(constants: Constants, d: Deployment, tokens: number): number {
  if (d.experts === null) return 0;
  const crossing = d.ranks > d.domain;
  const link = crossing ? d.scaleOutBytesPerSecond : d.scaleUpBytesPerSecond;
  const once = crossing && tokens >= THROUGHPUT_TOKENS ? ONCE_PER_NODE : 1;
  const others = d.ranks - 1;
  const receivers = others * (1 - (1 - 1 / d.ranks) ** d.experts.activePerToken);
  // Dispatched in the format that the experts multiply, combined in bf16.
  const bytes = tokens * receivers * d.hidden * (d.experts.activationBytes + BF16_BYTES);
  return 2 * constants["allToAll.latency"] + bytes / (link * constants["allToAll.bandwidth"] * once);
}

/** Tokens of a rank from which throughput kernels take over, and what they gain: 2.3/0.78. */
const THROUGHPUT_TOKENS = 2048;
const ONCE_PER_NODE = 3;

function overheadSeconds(constants: Constants, d: Deployment, sequences: number): number {
  const layers =
    d.layers * (1 + (d.latent ? constants["layer.latent"] : 0)) +
    d.routedLayers *
      (constants["layer.routed"] +
        (d.sharedExperts ? constants["layer.shared"] : 0) +
        (d.experts?.unpacked ? constants["layer.unpacked"] : 0)) +
    d.linearLayers * constants["layer.linear"];
  return (
    layers * constants[`layer.${d.engine}`] +
    sequences * constants[`request.${d.engine}`] +
    constants[`step.${d.engine}`]
  );
}

/** Seconds of engine time that a prompt of `tokens` takes beside others in full steps, `cached` of them found. */
export function prefillSeconds(constants: Constants, d: Deployment, tokens: number, cached = 0): number {
  const fresh = tokens - cached;
  if (fresh <= 0) return 0;
  const { prefillStepTokens } = d.tuning;
  const full = stepSeconds(constants, d, { decodeSequences: 0, contextTokens: 0, prefillTokens: prefillStepTokens });
  const pairs = (tokens * tokens - cached * cached) / 2;
  const windowed = fresh * Math.min(tokens, d.window);
  const attention =
    (d.pairFlops * pairs + d.windowedPairFlops * windowed) / (d.bf16Peak * constants["attention.prefill"]);
  return (fresh * full) / prefillStepTokens + attention;
}
