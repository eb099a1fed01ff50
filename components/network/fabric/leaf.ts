/** What hangs on one leaf, and how many of its ports go where. Ports are those of the speed that the side runs at. */
export interface Leaf {
  /** Nodes on the leaf, one scalable unit of a rail-optimised fabric or one rack. */
  readonly nodes: number;
  /** Ports of a node that the leaf takes: 1 where each rail has a leaf of its own. */
  readonly railsPerLeaf: number;
  readonly up: number;
  /** Whether the leaves of a rail have spines that no other rail uses. */
  readonly spines: "shared" | "of-each-rail";
}

/**
 * A rail-optimised leaf at an oversubscription o of node side over spine side: R × o / (1 + o) ports down, the rest up.
 * At 1:1 half the ports, so that a scalable unit is R/2 nodes. Source: DGX SuperPOD reference architectures.
 */
export function railLeaf(radix: number, oversubscription = 1): Leaf {
  const down = Math.floor((radix * oversubscription) / (1 + oversubscription));
  return { nodes: down, railsPerLeaf: 1, up: radix - down, spines: "shared" };
}

/**
 * A leaf for each rail of each rack, as NVL72 scalable units have it: as many ports down as the rack has nodes, up
 * what the oversubscription asks, spines for each rail.
 */
export const rackLeaf = (nodesPerRack: number, oversubscription = 1): Leaf => ({
  nodes: nodesPerRack,
  railsPerLeaf: 1,
  up: Math.ceil(nodesPerRack / oversubscription),
  spines: "of-each-rail",
});
