/** Errors of predictions, from the natural logarithms of predicted over measured. */
export interface ErrorStatistics {
  readonly rows: number;
  readonly medianApe: number;
  readonly meanApe: number;
  readonly p90Ape: number;
  /** Geometric mean of predicted over measured. */
  readonly ratio: number;
}

export function errorStatistics(logRatios: readonly number[]): ErrorStatistics | null {
  if (logRatios.length === 0) return null;
  const apes = logRatios.map((ratio) => Math.abs(Math.expm1(ratio)));
  return {
    rows: logRatios.length,
    medianApe: quantile(apes, 0.5),
    meanApe: mean(apes),
    p90Ape: quantile(apes, 0.9),
    ratio: Math.exp(mean(logRatios)),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Linear between order statistics. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
