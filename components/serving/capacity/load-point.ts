import type { Constants } from "./constant-table.ts";
import type { Deployment } from "./deployment.ts";
import { ENGINES, type Engine } from "./engine.ts";
import { decodeSeconds, type Speculation } from "./speculation.ts";
import { prefillSeconds } from "./step.ts";

/** Lengths of the requests, and how much of a prompt is found in a cache. */
export interface Requests {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** 0 … 1. */
  readonly prefixHitRate: number;
}

/** What surrounds a deployment at one operating point. */
export interface Setting {
  readonly requests: Requests;
  readonly speculation: Speculation | null;
  /** Sequences of these lengths that fit on one data-parallel rank. */
  readonly maxSequences: number;
  /** Months of engine development since the first measured runs (October 2025). */
  readonly months: number;
}

export interface Latency {
  readonly ttftSeconds: number;
  readonly tpotSeconds: number;
  /** Sequences decoding on each data-parallel rank; the others wait for room. */
  readonly running: number;
}

/** Benchmarks draw lengths from 80 to 100 % of the nominal ones. */
const DRAWN_LENGTH = 0.9;

/**
 * A fixed number of requests in flight: `sequences` per data-parallel rank. Prefills are interleaved with decode, so each
 * output token carries its share of them (pipeline stages work on as many at a time); beyond the KV cache the rest waits for
 * a slot (Little's law).
 */
export function closedLoop(c: Constants, d: Deployment, setting: Setting, sequences: number): Latency {
  const { requests, maxSequences } = setting;
  const room = Math.max(1, maxSequences / (DRAWN_LENGTH * heldShare(ENGINES[d.engine], requests)));
  const running = Math.min(sequences, room);
  const { step, prompt, mature } = times(c, d, setting, running);
  const stalled = (running * prompt * c[`stall.${d.engine}`]) / requests.outputTokens / d.parallel.pipeline;
  const tpotSeconds = mature * (step + stalled);
  const waiting = ((sequences - running) / running) * requests.outputTokens * tpotSeconds;
  return {
    ttftSeconds: firstToken(c, d, { running, step, prompt, months: setting.months }) + waiting,
    tpotSeconds,
    running,
  };
}

/** Share of a sequence's full cache that it holds while it runs: half of its answer on average where that grows as needed. */
const heldShare = ({ admission }: Engine, { inputTokens, outputTokens }: Requests): number =>
  admission === "whole" ? 1 : (inputTokens + outputTokens / 2) / (inputTokens + outputTokens);

/** Seconds of a decode step per output token, and of one prompt. */
export function times(c: Constants, d: Deployment, setting: Setting, running: number) {
  const { inputTokens, outputTokens, prefixHitRate } = setting.requests;
  const work = {
    decodeSequences: running / d.parallel.pipeline,
    contextTokens: inputTokens + outputTokens / 2,
  };
  return {
    step: decodeSeconds(c, d, work, setting.speculation),
    prompt: prefillSeconds(c, d, inputTokens, inputTokens * prefixHitRate),
    // Kernels of routed models still improve from release to release; dense ones had settled.
    mature: d.experts === null ? 1 : Math.exp(-c.maturity * setting.months),
  };
}

interface FirstToken {
  readonly running: number;
  /** Seconds of a decode step and of one prompt. */
  readonly step: number;
  readonly prompt: number;
  readonly months: number;
}

/** Own prefill, prefills of others in flight, steps that were under way, and launching kernels outside of graphs. */
function firstToken(c: Constants, d: Deployment, { running, step, prompt, months }: FirstToken): number {
  const routed = d.routedLayers * (d.sharedExperts ? 2 : 1) * (d.latent ? 2 : 1);
  const layers = routed + DENSE_LAUNCH * (d.layers - d.routedLayers);
  const host = c[`first.${d.engine}`] + layers * (c[`launch.${d.engine}`] + c[`launchQueue.${d.engine}`] * running);
  return (
    host * Math.exp(-c["first.maturity"] * months) +
    c["first.prefill"] * Math.max(prompt, step) +
    c["first.steps"] * step +
    (c["first.queue"] * running * inStep(d) * prompt) / d.parallel.pipeline
  );
}

/** Data-parallel ranks that gather for their routed layers step together: a prompt on one holds up all. */
const inStep = ({ parallel, tuning }: Deployment): number => (tuning.allToAll ? 1 : parallel.attentionData);

/** Kernels of a dense layer beside those of a routed one. */
const DENSE_LAUNCH = 0.3;

/** Host time of a request around its first token at low load, 8 to 16 ms (BLIS: 15.6 + 0.8 ms). */
const HOST_SECONDS = 0.012;

/**
 * Requests that arrive at a mean rate, Poisson, on one replica: the processor-sharing fixed point N = λ·E2E(N) with
 * prefills queueing as M/D/1. `null` where it has none: the rate is beyond the replica.
 */
export function openLoop(c: Constants, d: Deployment, setting: Setting, requestsPerSecond: number): Latency | null {
  const rate = requestsPerSecond / d.parallel.attentionData;
  const { outputTokens } = setting.requests;
  const at = (running: number): Latency | null => {
    const { step, prompt, mature } = times(c, d, setting, running);
    const served = (mature * prompt) / d.parallel.pipeline;
    const busy = rate * served;
    if (busy >= 1) return null;
    const wait = (busy * served) / (2 * (1 - busy));
    return {
      tpotSeconds: (mature * step) / (1 - busy),
      ttftSeconds: wait + mature * (Math.max(prompt, step) + step / 2) + HOST_SECONDS,
      running,
    };
  };
  // Sequences in flight at N less N: positive below the fixed point, so the first sign change is the answer.
  const excess = (running: number): number => {
    const latency = at(running);
    if (latency === null) return Number.POSITIVE_INFINITY;
    return rate * (latency.ttftSeconds + (outputTokens - 1) * latency.tpotSeconds) - running;
  };
  let low = 0;
  let high = Math.max(1, setting.maxSequences);
  if (excess(high) > 0) return null;
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return at(high);
}

/** Output tokens per second of a replica with `inFlight` requests. */
export function outputTokensPerSecond(
  inFlight: number,
  { ttftSeconds, tpotSeconds }: Pick<Latency, "ttftSeconds" | "tpotSeconds">,
  outputTokens: number,
): number {
  return (inFlight * outputTokens) / (ttftSeconds + tpotSeconds * (outputTokens - 1));
}
