import type { SparesPlan } from "./compute-types.ts";
import type { Reliability } from "./schema.ts";

const DAY_S = 86_400;

/**
 * Probability that at most `most` of `units` are down at a time, each down with probability `down` on its own: the
 * binomial distribution. Source: k-of-n systems; 18 trays at 0.99 give 0.8345 for 18, 0.9862 for 17, 0.99927 for 16.
 */
export function atMostDown(units: number, most: number, down: number): number {
  if (most >= units || down <= 0) return 1;
  if (most < 0 || down >= 1) return 0;
  let logTerm = units * Math.log1p(-down);
  let sum = Math.exp(logTerm);
  for (let count = 1; count <= most; count++) {
    logTerm += Math.log((units - count + 1) / count) + Math.log(down) - Math.log1p(-down);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/**
 * The fewest spares that are enough with the given probability, where `mean` units are in repair at a time. Failures come
 * independently, whatever the repair takes, so that the number in repair is Poisson. Source: M/G/∞ queue; 2,048 nodes at 6.5
 * failures a thousand node-days and 3 days of repair: mean 39.9, 61 spares for 99.9 %.
 */
export function sparesFor(mean: number, assurance: number): number {
  if (mean <= 0) return 0;
  let spares = 0;
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  // Past the mean the terms fall: where one adds nothing any more, the sum has come as close to 1 as it can.
  while (sum < assurance && (spares <= mean || Math.exp(logTerm) > Number.EPSILON / 4)) {
    spares++;
    logTerm += Math.log(mean / spares);
    sum += Math.exp(logTerm);
  }
  return spares;
}

/** What fails together: a rack out of which so many nodes may be missing, or a node by itself. */
export interface FailureUnit {
  readonly units: number;
  readonly nodes: number;
  /** Nodes that may be down while the unit still serves. */
  readonly tolerated: number;
}

/** Units that are down at a time on average; a node is down for its repair after each failure. */
export function meanDown(
  { units, nodes, tolerated }: FailureUnit,
  failuresPerNodeDay: number,
  repairDays: number,
): number {
  const load = failuresPerNodeDay * repairDays;
  // A node by itself: the mean number in repair is the load, however many are down already.
  if (nodes === 1 && tolerated === 0) return units * load;
  return units * (1 - atMostDown(nodes, tolerated, load / (1 + load)));
}

/** A pool's spares, in what fails together; null counts are of the catalog, and named in `missing`. */
export function planSpares(
  { failures, repair, assurance }: Reliability,
  unit: SparesPlan["unit"],
  stated: number,
  fails: { readonly [Key in keyof FailureUnit]: number | null },
  at: string,
  countsAt: string,
): SparesPlan {
  const { units, nodes, tolerated } = fails;
  const missing = [
    ...(failures.value === null ? [`${at}.reliability.failures`] : []),
    ...(repair.value === null ? [`${at}.reliability.repair`] : []),
    ...(units === null || nodes === null || tolerated === null ? [countsAt] : []),
  ];
  const down =
    failures.value === null || repair.value === null || units === null || nodes === null || tolerated === null
      ? null
      : meanDown({ units, nodes, tolerated }, failures.value / 1_000, repair.value / DAY_S);
  const needed = down === null ? null : sparesFor(down, assurance);
  return { unit, stated, needed, meanDown: down, assurance, missing };
}
