/** Weighted values ≥ 0 in buckets of half a percent: constant memory, percentiles within a quarter of a percent. */
export interface Histogram {
  readonly add: (value: number, weight?: number) => void;
  /** Value that a share of the weight does not exceed; null where nothing was added. */
  readonly percentile: (share: number) => number | null;
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
    percentile: (share) => {
      if (total === 0) return null;
      let below = 0;
      for (const [bucket, weight] of [...buckets].sort(([left], [right]) => left - right)) {
        below += weight;
        if (below >= share * total) return bucket < 0 ? 0 : LEAST * Math.exp((bucket + 0.5) * WIDTH);
      }
      return null;
    },
    mean: () => (total === 0 ? null : sum / total),
  };
}
