import type { Catalog, System } from "../catalog/catalog.ts";
import type { Count, PhasePlan, PoolPlan } from "../plan-types.ts";
import { gpuPower } from "../power/gpu-cap.ts";
import { type Total, times, total, type Watts } from "../quantity.ts";
import { isOpen } from "../site/phase-state.ts";
import type { Site } from "../site/schema.ts";
import type { Pool } from "./schema.ts";

/** Pools with their nodes, the GPUs that gangs may count on, and the watts that one GPU stands for. */
export function planPools(site: Site, phases: readonly PhasePlan[], catalog: Catalog): readonly PoolPlan[] {
  const phaseOf = new Map(phases.map((phase) => [phase.id, phase]));
  return site.pools.flatMap((pool, index) => {
    const phase = phaseOf.get(pool.phase);
    const system = catalog.systems.get(phase?.buildings[0]?.system ?? "");
    return phase === undefined || system === undefined ? [] : [planPool(pool, phase, system, `pools[${index}]`)];
  });
}

function planPool(pool: Pool, phase: PhasePlan, system: System, at: string): PoolPlan {
  const gpusPerRack = system.gpusPerRack.value;
  const nodesPerRack = system.nodesPerRack.value;
  const gpusPerNode = both(gpusPerRack, nodesPerRack, (gpus, nodes) => gpus / nodes);
  const rackWatts = both(system.tdp.value, gpusPerRack, (rack, gpus) => Math.ceil(rack / gpus)) as Watts | null;
  const inService = Math.max(0, phase.racks - pool.spareRacks);
  return {
    id: pool.id,
    phase: phase.id,
    state: phase.state,
    held: !isOpen(phase.state),
    system: system.id,
    arch: system.arch,
    capacity: pool.capacity,
    racks: phase.racks,
    spareRacks: pool.spareRacks,
    nodes: both(phase.racks, nodesPerRack, (racks, nodes) => racks * nodes),
    gpusPerNode,
    gpus: both(phase.racks, gpusPerRack, (racks, gpus) => racks * gpus),
    usableGpus: both(
      both(inService, system.schedulableNodesPerRack.value, (racks, nodes) => racks * nodes),
      gpusPerNode,
      (nodes, gpus) => nodes * gpus,
    ),
    rackWattsPerGpu: rackWatts,
    gpuMaxWatts: system.gpuPowerMost.value,
    ...gpuPower(rackWatts, system, pool.powerCap, `${at}.powerCap`),
    it: rackLoad(phase.racks, system),
    powerBudget: pool.powerBudget,
    at,
  };
}

function rackLoad(racks: number, system: System): Total {
  const rack = system.tdp.value;
  return total([{ of: `catalog:systems/${system.id}/tdp`, watts: rack === null ? null : times(racks, rack) }]);
}

const both = (left: Count, right: Count, combine: (left: number, right: number) => number): Count =>
  left === null || right === null ? null : combine(left, right);
