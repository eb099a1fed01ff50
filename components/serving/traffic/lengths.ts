import type { Random } from "./random.ts";

/** How long prompts or answers are, in tokens. */
export type Lengths =
  | { readonly kind: "fixed"; readonly tokens: number }
  /** Lognormal of that mean and coefficient of variation. */
  | { readonly kind: "spread"; readonly mean: number; readonly variation: number }
  /**
   * What a trace states of itself. The shape is log-linear in the normal score between the quantiles, scaled to the
   * mean: load follows the mean, and the quantiles of public traces then come out within a quarter.
   */
  | ({ readonly kind: "quantiles"; readonly mean: number } & Quantiles);

interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Normal scores of the quantiles that traces state. Below the median the spread is taken from the median to P90. */
const SCORE = { p90: 1.2815515655446004, p99: 2.3263478740408408, max: 3.719016485455709 };

/** Draws lengths, whole numbers of tokens ≥ 1. */
export function lengthSampler(lengths: Lengths): (random: Random) => number {
  switch (lengths.kind) {
    case "fixed":
      return () => lengths.tokens;
    case "spread":
      return (random) => whole(lognormal(lengths.mean, lengths.variation, random.normal()));
    case "quantiles": {
      const logs = logsOf(lengths);
      const scale = lengths.mean / meanOfShape(logs);
      return (random) => whole(Math.min(lengths.max, scale * Math.exp(logAtScore(logs, random.normal()))));
    }
  }
}

export const meanLength = (lengths: Lengths): number => (lengths.kind === "fixed" ? lengths.tokens : lengths.mean);

const whole = (tokens: number): number => Math.max(1, Math.round(tokens));

/** Mean m and coefficient of variation c: ln x has variance ln(1 + c²) and mean ln m − half of it. */
function lognormal(mean: number, variation: number, score: number): number {
  const variance = Math.log1p(variation * variation);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * score);
}

const logsOf = ({ p50, p90, p99, max }: Quantiles): Quantiles => ({
  p50: Math.log(p50),
  p90: Math.log(p90),
  p99: Math.log(p99),
  max: Math.log(max),
});

function logAtScore({ p50, p90, p99, max }: Quantiles, score: number): number {
  if (score <= SCORE.p90) return p50 + ((p90 - p50) * score) / SCORE.p90;
  if (score <= SCORE.p99) return between(p90, p99, (score - SCORE.p90) / (SCORE.p99 - SCORE.p90));
  return Math.min(max, between(p99, max, (score - SCORE.p99) / (SCORE.max - SCORE.p99)));
}

const between = (from: number, to: number, share: number): number => from + (to - from) * share;

/** Mean of the shape before scaling, by the midpoints of equal slices. */
function meanOfShape(logs: Quantiles): number {
  let sum = 0;
  for (let slice = 0; slice < SLICES; slice++) sum += Math.exp(logAtScore(logs, normalScore((slice + 0.5) / SLICES)));
  return sum / SLICES;
}
const SLICES = 2_000;

/** Inverse of the normal distribution, error below 5e-4. Source: Abramowitz and Stegun 26.2.23. */
export function normalScore(probability: number): number {
  if (probability > 0.5) return -normalScore(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  return -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
}
