import type { Switch, System } from "../../catalog/catalog.ts";
import type { SwitchesAndCables } from "../fabric-types.ts";
import { type FabricSize, figuresOf } from "./size.ts";

/** What `millrace fabric --format json` prints: switches and cables of all planes; unknown is null. */
export interface FabricCounts extends SwitchesAndCables {
  readonly nodes: number;
  readonly gpus: number | null;
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
    ...figuresOf(size),
    switchKw: watts === null ? null : ((size.leaf + size.spine + size.core) * watts) / 1_000,
  };
}
