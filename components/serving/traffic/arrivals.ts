import { type Lengths, lengthSampler } from "./lengths.ts";
import { type Random, seeded } from "./random.ts";

/** One request of a trace, real or drawn. */
export interface Arrival {
  readonly atS: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The requests that come in: how often, how unevenly, how long. */
export interface Traffic {
  readonly requestsPerS: number;
  /** Standard deviation over mean of the time between requests: 1 is Poisson, traces of conversations have 1.1 to 3. */
  readonly burstiness: number;
  readonly input: Lengths;
  readonly output: Lengths;
  /** Relative rate of equal parts of a day, where it varies: the mean is `requestsPerS`. */
  readonly day?: readonly number[];
}

const DAY_S = 86_400;

/**
 * Requests of a renewal process with gamma gaps, so that the mean rate and the burstiness are those asked for; the
 * same seed gives the same requests. A day's shape stretches the gaps by the rate of the hour.
 */
export function drawArrivals(traffic: Traffic, requests: number, seed: number): readonly Arrival[] {
  const gaps = seeded(seed);
  const lengths = seeded(seed + 1);
  const [input, output] = [lengthSampler(traffic.input), lengthSampler(traffic.output)];
  const rateAt = dayRate(traffic.day ?? [1]);
  let atS = 0;
  return Array.from({ length: requests }, () => {
    atS += gap(traffic, gaps) / rateAt(atS);
    return {
      atS,
      inputTokens: input(lengths),
      outputTokens: output(lengths),
    };
  });
}

/** Below this the gaps are equal to three digits, and the shape of a gamma has no end. */
const REGULAR = 1e-3;

function gap({ requestsPerS, burstiness }: Traffic, random: Random): number {
  if (burstiness < REGULAR) return 1 / requestsPerS;
  const shape = 1 / (burstiness * burstiness);
  return (shape === 1 ? random.exponential() : random.gamma(shape)) / requestsPerS;
}

/** Rate over its mean at a time of day. */
function dayRate(parts: readonly number[]): (atS: number) => number {
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return (atS) => (parts[Math.floor(((atS % DAY_S) / DAY_S) * parts.length)] ?? mean) / mean;
}
