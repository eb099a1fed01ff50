import type { PoolPlan, TargetPlan } from "../plan-types.ts";
import type { Watts } from "../quantity.ts";
import type { NetworkPlan } from "./network-types.ts";
import type { Network } from "./schema.ts";
import { planTopologies } from "./topologies.ts";

export function planNetwork(
  network: Network,
  target: TargetPlan,
  pools: readonly PoolPlan[],
  fabrics: Pick<NetworkPlan, "fabrics" | "racks">,
): NetworkPlan {
  return {
    topologies: planTopologies(target, pools),
    ingressNamespaces: [...network.ingressNamespaces].sort(),
    wattsPerGpu: largest(pools.flatMap(({ wattsPerGpu }) => wattsPerGpu ?? [])),
    ...fabrics,
    addressesStated: network.addresses !== undefined,
  };
}

/**
 * Kueue maps a resource name to watts, whatever the flavor: one figure for all GPUs of the site. The largest one
 * counts a smaller GPU too high, never too low. A pool whose watts are not known admits nothing, and so has no say.
 */
const largest = (known: readonly Watts[]): Watts | null => (known.length === 0 ? null : (Math.max(...known) as Watts));
