import type { NetworkPlan, PoolPlan } from "../plan-types.ts";
import type { Watts } from "../quantity.ts";
import type { Network } from "./schema.ts";

/** Node labels of the hall, coarsest first; Kueue wants the host name last. */
const TOPOLOGY_LEVELS = [
  "topology.millrace.dev/building",
  "topology.millrace.dev/hall",
  "topology.millrace.dev/pod",
  "topology.millrace.dev/rack",
  "kubernetes.io/hostname",
] as const;

export function planNetwork(
  network: Network,
  pools: readonly PoolPlan[],
  fabrics: Pick<NetworkPlan, "fabrics" | "racks">,
): NetworkPlan {
  return {
    topologyLevels: TOPOLOGY_LEVELS,
    ingressNamespaces: [...network.ingressNamespaces].sort(),
    wattsPerGpu: largest(pools.flatMap(({ wattsPerGpu }) => wattsPerGpu ?? [])),
    ...fabrics,
    waysStated: network.ways !== undefined,
    addressesStated: network.addresses !== undefined,
  };
}

/**
 * Kueue maps a resource name to watts, whatever the flavor: one figure for all GPUs of the site. The largest one
 * counts a smaller GPU too high, never too low. A pool whose watts are not known admits nothing, and so has no say.
 */
const largest = (known: readonly Watts[]): Watts | null => (known.length === 0 ? null : (Math.max(...known) as Watts));
