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

/** Linear between order statistics, each in the middle of its weight; all weigh the same where none is given. */
export function quantile(values: readonly number[], share: number, weights?: readonly number[]): number {
  const sorted = values
    .map((value, index) => ({ value, weight: weights?.[index] ?? 1 }))
    .sort((a, b) => a.value - b.value);
  let passed = 0;
  const places = sorted.map(({ value, weight }) => {
    passed += weight;
    return { value, place: passed - weight / 2 };
  });
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return Number.NaN;
  const sought = first.place + (last.place - first.place) * share;
  const above = places.find(({ place }) => place >= sought) ?? last;
  const below = places.findLast(({ place }) => place <= sought) ?? first;
  if (above.place <= below.place) return above.value;
  return below.value + ((above.value - below.value) * (sought - below.place)) / (above.place - below.place);
}
