import type { Switch, System } from "../../catalog/catalog.ts";
import type { FabricSize } from "./size.ts";

/** What `millrace fabric --format json` prints: switches and cables of all planes; unknown is null. */
export interface FabricCounts {
  readonly nodes: number;
  readonly gpus: number | null;
  readonly leaf: number;
  readonly spine: number;
  readonly core: number;
  readonly nodeLeafCables: number;
  readonly leafSpineCables: number;
  readonly spineCoreCables: number;
  readonly bisectionGbps: number;
  readonly switchKw: number | null;
}

export function countsOf(size: FabricSize, system: System, from: Switch): FabricCounts {
  const { nodes } = size.demand;
  const { value: gpusPerRack } = system.gpusPerRack;
  const { value: nodesPerRack } = system.nodesPerRack;
  const { value: watts } = from.power;
  return {
    nodes,
    gpus: gpusPerRack === null || nodesPerRack === null ? null : (nodes * gpusPerRack) / nodesPerRack,
    leaf: size.leaf,
    spine: size.spine,
    core: size.core,
    nodeLeafCables: size.nodeLeafCables,
    leafSpineCables: size.leafSpineCables,
    spineCoreCables: size.spineCoreCables,
    bisectionGbps: size.bisectionGbps,
    switchKw: watts === null ? null : ((size.leaf + size.spine + size.core) * watts) / 1_000,
  };
}
