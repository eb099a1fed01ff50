import type { SwitchesAndCables } from "../fabric-types.ts";
import type { Leaf } from "./leaf.ts";
import { coresOf, planTiers, type Tiers } from "./tiers.ts";

/** Ports that the fabric manager's appliances take, in the place of one node. Source: DGX SuperPOD H100 RA-11333-001. */
const UFM_PORTS = 4;

/** One on each rail, as far as there are rails. */
export const managerPorts = ({ rails }: Pick<FabricDemand, "rails">): number => Math.min(UFM_PORTS, rails);

/** What a fabric is asked to carry: counts ≥ 1. */
export interface FabricDemand {
  readonly nodes: number;
  /** Network ports of a node, each a rail of its own. */
  readonly rails: number;
  /** Independent fabrics over which each port of a node is split. */
  readonly planes: number;
  /** Speed of a cable between node and leaf: that of the port over the planes. */
  readonly linkGbps: number;
  readonly leaf: Leaf;
  /** Speed of a cable between switches, and ports of a spine or core at that speed. */
  readonly uplinkGbps: number;
  readonly radix: number;
  /** Whether a fabric manager takes the place of a node. */
  readonly ufm: boolean;
}

export interface FabricSize extends SwitchesAndCables {
  readonly demand: FabricDemand;
  /** Scalable units: nodes that share their leaves. Built whole, even where nodes are missing. */
  readonly units: number;
  readonly leavesPerUnit: number;
  /** Equal fabrics that share nothing above the node: planes, times rails where each rail has its own spines. */
  readonly domains: number;
  /** One of them. */
  readonly tiers: Tiers;
  /** Half of what crosses the top tier, one way. */
  readonly bisectionGbps: number;
}

export interface TooLarge {
  /** Nodes that three tiers of the switch carry at most. */
  readonly maxNodes: number;
}

/** Sizes a fabric by the rules that reproduce the published reference architectures; pure, with the cost of a few divisions. */
export function sizeFabric(demand: FabricDemand): FabricSize | TooLarge {
  const { nodes, rails, planes, leaf, ufm } = demand;
  const units = Math.ceil((nodes + (ufm ? 1 : 0)) / leaf.nodes);
  const leavesPerUnit = Math.ceil(rails / leaf.railsPerLeaf);
  const split = leaf.spines === "of-each-rail" ? leavesPerUnit : 1;
  const tiers = planTiers((units * leavesPerUnit) / split, leaf.up, demand.radix);
  if (tiers === null) return { maxNodes: largest(demand, leavesPerUnit / split) };
  const domains = planes * split;
  const each = countsOf(tiers, leaf.up);
  const nodeLeafCables = planes * (nodes * rails + (ufm ? managerPorts(demand) : 0));
  return {
    demand,
    units,
    leavesPerUnit,
    domains,
    tiers,
    leaf: domains * tiers.leaves,
    spine: domains * each.spines,
    core: domains * each.cores,
    nodeLeafCables,
    leafSpineCables: domains * each.leafSpineCables,
    spineCoreCables: domains * each.spineCoreCables,
    bisectionGbps: bisection(demand, nodeLeafCables, domains * each.leafSpineCables),
  };
}

/** The figures of a size that the plan and `millrace fabric` both show. */
export const figuresOf = ({
  leaf,
  spine,
  core,
  ...size
}: FabricSize): SwitchesAndCables & Pick<FabricSize, "bisectionGbps"> => ({
  leaf,
  spine,
  core,
  nodeLeafCables: size.nodeLeafCables,
  leafSpineCables: size.leafSpineCables,
  spineCoreCables: size.spineCoreCables,
  bisectionGbps: size.bisectionGbps,
});

export const isTooLarge = (size: FabricSize | TooLarge): size is TooLarge => "maxNodes" in size;

function countsOf({ tiers, leaves, pods, core }: Tiers, uplinks: number) {
  return {
    spines: pods.reduce((sum, { spines }) => sum + spines, 0),
    cores: core === null ? 0 : coresOf(core),
    leafSpineCables: tiers === 1 ? 0 : leaves * uplinks,
    spineCoreCables: pods.reduce((sum, pod) => sum + pod.spines * pod.uplinks, 0),
  };
}

/** Above the leaf nothing is oversubscribed, so the cables over the leaf are the narrowest cut; a lone leaf has none. */
const bisection = (demand: FabricDemand, nodeLeafCables: number, leafSpineCables: number): number =>
  leafSpineCables === 0 ? (nodeLeafCables * demand.linkGbps) / 2 : (leafSpineCables * demand.uplinkGbps) / 2;

/** R pods of R/2 leaves. */
const largest = ({ radix, leaf, ufm }: FabricDemand, leavesPerUnit: number): number =>
  Math.floor((radix * Math.floor(radix / 2)) / leavesPerUnit) * leaf.nodes - (ufm ? 1 : 0);
