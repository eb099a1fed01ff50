import type { ReferenceDesign } from "../../catalog/catalog.ts";

/** An enterprise reference architecture at a number of scalable units. */
export interface EnterpriseSize {
  readonly units: number;
  readonly nodes: number;
  readonly gpus: number;
  /** Null where the fabric has spines: its tables end there, and `sizeFabric` goes on. */
  readonly singleTier: SingleTier | null;
}

interface SingleTier {
  /** Leaves or collapsed cores that carry everything but what the GPU leaves do. */
  readonly pair: number;
  readonly gpuLeavesPerPlane: number;
  readonly planes: number;
  readonly management: number;
}

const PAIR = 2;

/** The rows of the published scaling tables: nodes and GPUs by units, and the switches of one tier. */
export function sizeEnterprise(architecture: ReferenceDesign, units: number): EnterpriseSize {
  const nodes = units * architecture.nodesPerUnit;
  return {
    units,
    nodes,
    gpus: nodes * architecture.gpusPerNode,
    singleTier: units <= architecture.singleTierUnits ? singleTier(architecture, units, nodes) : null,
  };
}

function singleTier(architecture: ReferenceDesign, units: number, nodes: number): SingleTier {
  const { gpuLeavesFromUnit, planes, nodesPerManagementSwitch } = architecture;
  const split = gpuLeavesFromUnit !== null && units >= gpuLeavesFromUnit;
  return {
    pair: PAIR,
    gpuLeavesPerPlane: split ? PAIR : 0,
    planes,
    management: Math.max(PAIR, Math.ceil(nodes / nodesPerManagementSwitch)),
  };
}
