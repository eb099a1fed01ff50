import type { TrafficProfile } from "../../catalog/catalog.ts";
import type { Arrival, Traffic } from "./arrivals.ts";

interface LengthStatistics {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly variation: number;
}

/** What a trace says of itself; a rate and its peaks only where it has two moments. */
export interface TrafficStatistics {
  readonly requests: number;
  readonly durationS: number;
  readonly requestsPerS: number | null;
  readonly burstiness: number | null;
  /** Busiest window over the mean, windows from the first request on. */
  readonly peakToMean: { readonly second: number; readonly minute: number; readonly tenMinutes: number } | null;
  /** Rate of each hour of the day, in UTC, over the mean; only of a trace by the clock that has a day and more. */
  readonly hours: readonly number[] | null;
  readonly input: LengthStatistics;
  readonly output: LengthStatistics;
}

/**
 * Statistics of a trace, in any order; `clock` where its times are seconds since 1970. Throws a RangeError on a trace
 * without requests.
 */
export function statisticsOf(trace: readonly Arrival[], clock = false): TrafficStatistics {
  if (trace.length === 0) throw new RangeError("a trace needs at least one request");
  const times = trace.map(({ atS }) => atS).sort((left, right) => left - right);
  const first = times[0] ?? 0;
  const durationS = (times.at(-1) ?? first) - first;
  const moving = durationS > 0;
  const gaps = times.slice(1).map((atS, index) => atS - (times[index] ?? atS));
  const peak = (windowS: number) => busiest(times, first, windowS) / ((times.length / durationS) * windowS);
  return {
    requests: trace.length,
    durationS,
    requestsPerS: moving ? trace.length / durationS : null,
    burstiness: moving ? variationOf(gaps) : null,
    peakToMean: moving ? { second: peak(1), minute: peak(60), tenMinutes: peak(600) } : null,
    hours: clock && durationS >= DAY_S ? hoursOf(times) : null,
    input: lengthStatistics(trace.map(({ inputTokens }) => inputTokens)),
    output: lengthStatistics(trace.map(({ outputTokens }) => outputTokens)),
  };
}

/** Traffic with the statistics of a trace, at a rate of its own. */
export const trafficLike = (
  { burstiness, input, output }: Pick<TrafficProfile, "burstiness" | "input" | "output">,
  requestsPerS: number,
): Traffic => ({
  requestsPerS,
  burstiness: burstiness ?? 1,
  input: { kind: "quantiles", ...input },
  output: { kind: "quantiles", ...output },
});

const DAY_S = 86_400;
const HOUR_S = 3_600;

/** Requests in each hour of the day over the time for which the trace has that hour, over its mean rate. */
function hoursOf(times: readonly number[]): readonly number[] {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const counts = Array.from({ length: 24 }, () => 0);
  const seconds = Array.from({ length: 24 }, () => 0);
  for (const atS of times) {
    const hour = hourOf(atS);
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  for (let start = Math.floor(first / HOUR_S) * HOUR_S; start < last; start += HOUR_S) {
    const hour = hourOf(start);
    seconds[hour] = (seconds[hour] ?? 0) + Math.min(last, start + HOUR_S) - Math.max(first, start);
  }
  const mean = times.length / (last - first);
  return counts.map((requests, hour) => requests / (seconds[hour] ?? HOUR_S) / mean);
}

const hourOf = (atS: number): number => ((Math.floor(atS / HOUR_S) % 24) + 24) % 24;

function busiest(times: readonly number[], first: number, windowS: number): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (const atS of times) {
    const window = Math.floor((atS - first) / windowS);
    const count = (counts.get(window) ?? 0) + 1;
    counts.set(window, count);
    most = Math.max(most, count);
  }
  return most;
}

function lengthStatistics(tokens: readonly number[]): LengthStatistics {
  const sorted = [...tokens].sort((left, right) => left - right);
  const at = (share: number) => quantileOf(sorted, share);
  return {
    mean: meanOf(sorted),
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: sorted.at(-1) ?? 0,
    variation: variationOf(sorted),
  };
}

/** Between the two nearest ranks, in proportion. */
function quantileOf(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  return below + ((sorted[Math.ceil(rank)] ?? below) - below) * (rank - Math.floor(rank));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function variationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / values.length) / mean;
}
