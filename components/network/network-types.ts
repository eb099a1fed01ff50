import type { Watts } from "../quantity.ts";
import type { FabricPlan, NetworkRacks } from "./fabric-types.ts";

export interface NetworkPlan {
  /** How Kueue places: one for each kind of pool that the site has. */
  readonly topologies: readonly TopologyPlan[];
  readonly ingressNamespaces: readonly string[];
  /** Watts that one GPU counts for in the queue: a transformation knows the resource, not the flavor, so the largest known. */
  readonly wattsPerGpu: Watts | null;
  /** Building by building, in the order of the blueprint. */
  readonly fabrics: readonly FabricPlan[];
  readonly racks: readonly NetworkRacks[];
  readonly addressesStated: boolean;
}

/** Levels by node label, coarsest first, the host last. */
export interface TopologyPlan {
  readonly name: string;
  readonly levels: readonly string[];
}
