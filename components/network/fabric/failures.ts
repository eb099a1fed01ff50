import type { FabricSize } from "./size.ts";

/** The loss of one element where most nodes feel it, and the least share of its bandwidth that one of them keeps. */
export interface Failure {
  readonly element: Element;
  readonly nodes: number;
  /** 1: nothing lost. Of what a node can send past its leaf's other nodes, at full load. */
  readonly left: number;
}

type Element =
  | "node link"
  | "network port"
  | "leaf"
  | "leaf-spine link"
  | "spine"
  | "spine-core link"
  | "core"
  | "plane";

/**
 * What stays when one link, port, switch or plane is lost. Traffic spreads over all ways up that are left, so a node
 * keeps the mean, over its links, of the ways up from their leaves. Pods of unlike shape are told apart: the first, and
 * the last. A plane is an element only where there are more.
 */
export function failuresOf(size: FabricSize): readonly Failure[] {
  const { planes, rails, leaf, nodes } = size.demand;
  const links = rails * planes;
  const onLeaf = Math.min(nodes, leaf.nodes);
  const ofLeaf = Math.min(leaf.railsPerLeaf, rails) / links;
  return [
    { element: "node link", nodes: 1, left: 1 - 1 / links },
    ...(planes > 1 ? [{ element: "network port" as const, nodes: 1, left: 1 - 1 / rails }] : []),
    { element: "leaf", nodes: onLeaf, left: 1 - ofLeaf },
    ...(size.tiers.tiers === 1
      ? []
      : [{ element: "leaf-spine link" as const, nodes: onLeaf, left: 1 - ofLeaf / leaf.up }]),
    ...podsApart(size).flatMap((at) => podFailures(size, at)),
    ...(planes > 1 ? [{ element: "plane" as const, nodes, left: 1 - 1 / planes }] : []),
  ];
}

const podsApart = ({ tiers: { tiers, pods } }: FabricSize): readonly ("first" | "last")[] => {
  if (tiers === 1) return [];
  const [first, last] = [pods[0], pods.at(-1)];
  return first?.leaves === last?.leaves && first?.spines === last?.spines ? ["first"] : ["first", "last"];
};

function podFailures(size: FabricSize, at: "first" | "last"): readonly Failure[] {
  const { demand, tiers, leavesPerUnit, domains } = size;
  const pod = at === "first" ? tiers.pods[0] : tiers.pods.at(-1);
  const perUnit = demand.leaf.spines === "of-each-rail" ? 1 : leavesPerUnit;
  if (pod === undefined) return [];
  const under = Math.ceil(pod.leaves / perUnit) * demand.leaf.nodes;
  const nodes = Math.min(demand.nodes, at === "first" ? under : demand.nodes - size.units * demand.leaf.nodes + under);
  if (nodes <= 0) return [];
  const throughPod = Math.min(1, pod.leaves / perUnit) / domains;
  const spine: Failure = { element: "spine", nodes, left: 1 - throughPod / pod.spines };
  if (tiers.core === null) return [spine];
  const { groups, coresPerGroup } = tiers.core;
  const needed = (pod.leaves * demand.leaf.up) / pod.spines;
  /** A pod that is built whole above too few leaves has ways to spare. */
  const lostOf = (uplinks: number) => Math.max(0, 1 - (pod.uplinks - uplinks) / needed);
  return [
    spine,
    { element: "spine-core link", nodes, left: 1 - (throughPod / pod.spines) * lostOf(1) },
    {
      element: "core",
      nodes: at === "first" ? demand.nodes : nodes,
      left: 1 - (throughPod / groups) * lostOf(pod.uplinks / coresPerGroup),
    },
  ];
}

/** The single loss, planes aside, that takes most bandwidth from all nodes together; the fewer nodes, where two are alike. */
export function largestFailure(failures: readonly Failure[]): Failure | null {
  const single = failures.filter(({ element }) => element !== "plane");
  const cost = ({ nodes, left }: Failure) => nodes * (1 - left);
  return single.toSorted((one, other) => cost(other) - cost(one) || one.nodes - other.nodes)[0] ?? null;
}
