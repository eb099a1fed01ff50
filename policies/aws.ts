import { POOL_TAG } from "../components/aws/pool-resources.ts";
import type { InstancesPlan } from "../components/compute/compute-types.ts";
import type { PoolPlan } from "../components/plan-types.ts";
import { hasReached } from "../components/site/phase-state.ts";
import { type RegisteredResource, readText } from "./registered.ts";

export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** A pool of instances. */
export type RentedPool = PoolPlan & { readonly instances: InstancesPlan };

export const rentedPools = (pools: readonly PoolPlan[]): readonly RentedPool[] =>
  pools.filter((pool): pool is RentedPool => pool.instances !== null && pool.state !== "retired");

/** Pools whose nodes are there, or come with the next run. */
export const runningPools = (pools: readonly PoolPlan[]): readonly RentedPool[] =>
  rentedPools(pools).filter(({ state }) => hasReached(state, "energized"));

/** The one resource of a type that is tagged as the pool's; undefined where there is none, or more than one. */
export function ofPool(
  resources: readonly RegisteredResource[],
  type: string,
  pool: PoolPlan,
): RegisteredResource | undefined {
  const found = resources.filter((each) => each.type === type && readText(each.inputs, "tags", POOL_TAG) === pool.id);
  return found.length === 1 ? found[0] : undefined;
}
