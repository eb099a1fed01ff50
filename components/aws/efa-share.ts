import type { PoolPlan } from "../plan-types.ts";

/**
 * EFA devices of a pod with so many of a node's GPUs: the same share of the devices. Null where the instance's counts are
 * not known or the share is no whole number of devices; 0 where the site rents no instances.
 */
export function efaShare(
  { instances, gpusPerNode }: Pick<PoolPlan, "instances" | "gpusPerNode">,
  gpus: number,
): number | null {
  if (instances === null) return 0;
  if (instances.efaDevices === null || gpusPerNode === null) return null;
  const share = (instances.efaDevices * gpus) / gpusPerNode;
  return Number.isInteger(share) ? share : null;
}
