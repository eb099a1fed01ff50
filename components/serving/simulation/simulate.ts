import type { Arrival } from "../traffic/arrivals.ts";
import { advance, canHold, type Engine, enqueue, idleEngine, type Watcher } from "./engine.ts";
import { type Histogram, histogram } from "./histogram.ts";
import type { Replica } from "./replica.ts";

/** Seconds that half, 95 and 99 of a hundred stay within. */
export interface Percentiles {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Served {
  /** Requests counted: those after the warm-up. */
  readonly requests: number;
  /** Requests longer than the cache of a replica. */
  readonly refused: number;
  readonly evictions: number;
  /** From arrival to first token; null where no request came to one. */
  readonly timeToFirstToken: Percentiles | null;
  /** Between one token and the next, over all tokens. */
  readonly interToken: Percentiles | null;
  /** Mean gap of a request. */
  readonly timePerOutputToken: Percentiles | null;
  readonly endToEnd: Percentiles | null;
  /** Of all replicas together, from the end of the warm-up to the last arrival. */
  readonly outputTokensPerS: number;
  /** Sequences that decode at once on a replica, over the time that it runs. */
  readonly meanSequences: number;
  /** Share of the time that a replica runs. */
  readonly busy: number;
}

/** The first tenth fills the engines, and is not counted. */
const WARM_UP = 0.1;

/**
 * Serves the requests by equal replicas, each request by the replica with the fewest in hand. Discrete events, no
 * chance of its own: the same requests give the same answer. `arrivals` by time. Throws a RangeError without replicas,
 * or where a replica could never finish a request.
 */
export function simulate(arrivals: readonly Arrival[], replica: Replica, replicas = 1): Served {
  if (!(replica.maxSequences >= 1 && replica.maxBatchedTokens >= 1 && replica.tokensPerStep >= 1)) {
    throw new RangeError(
      "a replica runs at least one sequence, takes at least one token a step and gains at least one",
    );
  }
  const record = recorder(arrivals, replica);
  const engines = Array.from({ length: replicas }, () => idleEngine(replica, record.watcher));
  let refused = 0;
  for (const arrival of arrivals) {
    for (const engine of engines) advance(engine, arrival.atS);
    const engine = leastLoaded(engines);
    if (canHold(engine, arrival)) enqueue(engine, arrival);
    else refused++;
  }
  for (const engine of engines) advance(engine, Number.POSITIVE_INFINITY);
  return { ...record.served(replicas), refused };
}

function leastLoaded(engines: readonly Engine[]): Engine {
  const least = engines.reduce<Engine | null>(
    (best, engine) => (best === null || engine.outstanding < best.outstanding ? engine : best),
    null,
  );
  if (least === null) throw new RangeError("a simulation needs at least one replica");
  return least;
}

function recorder(arrivals: readonly Arrival[], { requestOverheadS }: Replica) {
  const fromS = arrivals[Math.floor(arrivals.length * WARM_UP)]?.atS ?? 0;
  const toS = arrivals.at(-1)?.atS ?? 0;
  const [firstTokens, gaps, perToken, endToEnd] = [histogram(), histogram(), histogram(), histogram()];
  const seen = { requests: 0, evictions: 0, tokens: 0, sequenceS: 0, busyS: 0 };
  const counts = (atS: number) => atS >= fromS && atS <= toS;
  const watcher: Watcher = {
    firstToken: (arrivedS, atS) => {
      if (counts(atS)) seen.tokens++;
      if (arrivedS < fromS) return;
      seen.requests++;
      firstTokens.add(atS - arrivedS + requestOverheadS);
    },
    tokens: (gapS, tokens, atS) => {
      if (!counts(atS)) return;
      seen.tokens += tokens;
      gaps.add(gapS, tokens);
    },
    finished: (arrivedS, firstTokenS, atS, output) => {
      if (arrivedS < fromS) return;
      endToEnd.add(atS - arrivedS + requestOverheadS);
      if (output > 1) perToken.add((atS - firstTokenS) / (output - 1));
    },
    evicted: () => {
      seen.evictions++;
    },
    ran: (sequences, forS, atS) => {
      if (!counts(atS)) return;
      seen.busyS += forS;
      seen.sequenceS += sequences * forS;
    },
  };
  const served = (replicas: number): Omit<Served, "refused"> => {
    const forS = toS - fromS;
    return {
      requests: seen.requests,
      evictions: seen.evictions,
      timeToFirstToken: percentilesOf(firstTokens),
      interToken: percentilesOf(gaps),
      timePerOutputToken: percentilesOf(perToken),
      endToEnd: percentilesOf(endToEnd),
      outputTokensPerS: forS > 0 ? seen.tokens / forS : 0,
      meanSequences: seen.busyS > 0 ? seen.sequenceS / seen.busyS : 0,
      busy: forS > 0 ? Math.min(1, seen.busyS / (forS * replicas)) : 0,
    };
  };
  return { watcher, served };
}

function percentilesOf(values: Histogram): Percentiles | null {
  const mean = values.mean();
  const [p50, p95, p99] = values.percentiles([0.5, 0.95, 0.99]) ?? [];
  return mean === null || p50 === undefined || p95 === undefined || p99 === undefined ? null : { mean, p50, p95, p99 };
}
