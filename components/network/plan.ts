import type { NetworkPlan, PoolPlan, TargetPlan } from "../plan-types.ts";
import type { Watts } from "../quantity.ts";
import type { Network } from "./schema.ts";

/** Node labels of the hall, coarsest first; Kueue wants the host name last. */
const HALL_LEVELS = [
  "topology.millrace.dev/building",
  "topology.millrace.dev/hall",
  "topology.millrace.dev/pod",
  "topology.millrace.dev/rack",
  "kubernetes.io/hostname",
] as const;

/** What a cloud tells of where its instances stand: EKS sets both on every node. */
const CLOUD_LEVELS = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] as const;

export function planNetwork(
  network: Network,
  target: TargetPlan,
  pools: readonly PoolPlan[],
  fabrics: Pick<NetworkPlan, "fabrics" | "racks">,
): NetworkPlan {
  return {
    topologyLevels: target.kind === "aws" ? CLOUD_LEVELS : HALL_LEVELS,
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
