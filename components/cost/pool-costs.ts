import type { CostLine, PoolCost, PoolPlan } from "../plan-types.ts";
import { type MicroUsd, microUsd } from "../quantity.ts";
import { sum } from "./lines.ts";

/** A line of the cost and how much of it a pool bears: `part` of `whole`, in whatever both are counted. */
export interface Borne {
  readonly line: CostLine;
  readonly part: number | null;
  readonly whole: number | null;
}

/**
 * What a GPU of each pool costs an hour: the parts of the lines that its pool bears, over its installed GPUs, rounded
 * down. Where pools bear every line whole between them, they cost together what the site does.
 */
export function poolCosts(
  pools: readonly PoolPlan[],
  borneBy: (pool: PoolPlan) => readonly Borne[],
): readonly PoolCost[] {
  const inUse = pools.filter(({ state }) => state !== "retired");
  const uncounted = inUse.filter(({ gpus }) => gpus === null).map(gpusAt);
  return inUse.map((pool) => {
    const borne = borneBy(pool);
    const open = borne.some(({ part, whole }) => part === null || whole === null) ? uncounted : [];
    const ownOpen = pool.gpus === null ? [gpusAt(pool)] : [];
    const { missing } = sum(
      borne.map(({ line }) => line),
      "perHour",
    );
    return {
      pool: pool.id,
      perGpuHour: over(borne, pool.gpus),
      missing: [...new Set([...missing, ...open, ...ownOpen])],
    };
  });
}

const gpusAt = ({ system, instances }: PoolPlan): string =>
  instances === null ? `catalog:systems/${system}/gpusPerRack` : `catalog:instances/${system}/gpus`;

/** Σ line × part ÷ whole ÷ GPUs: a fraction of integers until it is rounded. */
function over(borne: readonly Borne[], gpus: number | null): MicroUsd | null {
  let [numerator, denominator] = [0n, 1n];
  for (const { line, part, whole } of borne) {
    if (line.perHour === null || part === null || !whole) return null;
    numerator = numerator * BigInt(whole) + line.perHour * BigInt(part) * denominator;
    denominator *= BigInt(whole);
  }
  return gpus ? microUsd(numerator / (denominator * BigInt(gpus))) : null;
}
