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
  readonly input: LengthStatistics;
  readonly output: LengthStatistics;
}

/** Statistics of a trace, in any order. Throws a RangeError on a trace without requests. */
export function statisticsOf(trace: readonly Arrival[]): TrafficStatistics {
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
    input: lengthStatistics(trace.map(({ inputTokens }) => inputTokens)),
    output: lengthStatistics(trace.map(({ outputTokens }) => outputTokens)),
  };
}

/** Traffic with the statistics of a trace, at a rate of its own. */
export const trafficLike = (
  { burstiness, input, output }: Pick<TrafficStatistics, "burstiness" | "input" | "output">,
  requestsPerS: number,
): Traffic => ({
  requestsPerS,
  burstiness: burstiness ?? 1,
  input: { kind: "quantiles", ...input },
  output: { kind: "quantiles", ...output },
});

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
