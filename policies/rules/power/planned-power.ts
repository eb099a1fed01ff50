import type { PoolPlan } from "../../../components/plan-types.ts";
import type { Input } from "../../finding.ts";
import { limitTerm } from "../../rule.ts";

/** What the racks of a pool were planned to draw, as the limit of a rule; unknown where the rack's TDP is. */
export const plannedPower = (pool: PoolPlan): Input =>
  limitTerm("W", {
    name: `${pool.racks} racks × TDP`,
    value: pool.it.missing.length === 0 ? pool.it.known : null,
    from: `catalog:systems/${pool.system}/tdp`,
  });

/** Instances of a cloud draw power that is not ours to plan. */
export const hasRacks = ({ instances }: PoolPlan): boolean => instances === null;
