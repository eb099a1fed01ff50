/** Weighted values ≥ 0 in buckets of half a percent: constant memory, percentiles within a quarter of a percent. */
export interface Histogram {
  readonly add: (value: number, weight?: number) => void;
  /** Values that shares of the weight, rising, do not exceed; null where nothing was added. */
  readonly percentiles: (shares: readonly number[]) => readonly number[] | null;
  /** Exact mean; null where nothing was added. */
  readonly mean: () => number | null;
}

const LEAST = 1e-7;
const WIDTH = 0.005;

export function histogram(): Histogram {
  const buckets = new Map<number, number>();
  let total = 0;
  let sum = 0;
  return {
    add: (value, weight = 1) => {
      const bucket = value < LEAST ? -1 : Math.floor(Math.log(value / LEAST) / WIDTH);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + weight);
      total += weight;
      sum += value * weight;
    },
    percentiles: (shares) => {
      if (total === 0) return null;
      const sorted = [...buckets].sort(([left], [right]) => left - right);
      let index = 0;
      let below = sorted[0]?.[1] ?? 0;
      return shares.map((share) => {
        while (below < share * total && index < sorted.length - 1) below += sorted[++index]?.[1] ?? 0;
        const bucket = sorted[index]?.[0] ?? -1;
        return bucket < 0 ? 0 : LEAST * Math.exp((bucket + 0.5) * WIDTH);
      });
    },
    mean: () => (total === 0 ? null : sum / total),
  };
}
