import type { Catalog, System } from "../catalog/catalog.ts";
import type { PhasePlan, PoolPlan } from "../plan-types.ts";
import { gpuPower } from "../power/gpu-cap.ts";
import { times, type Watts } from "../quantity.ts";
import type { Site } from "../site/schema.ts";
import { type Total, total } from "../total.ts";
import type { SparesPlan } from "./compute-types.ts";
import { queueShare } from "./queue-share.ts";
import { both, headOf, rentedPool } from "./rented-pool.ts";
import type { Pool, Reliability } from "./schema.ts";
import { planSpares } from "./spares.ts";

/** Pools with their nodes, the GPUs that gangs may count on, and the watts that one GPU stands for. */
export function planPools(site: Site, phases: readonly PhasePlan[], catalog: Catalog): readonly PoolPlan[] {
  const phaseOf = new Map(phases.map((phase) => [phase.id, phase]));
  return site.pools.flatMap((pool, index) => {
    const phase = phaseOf.get(pool.phase);
    const at = `pools[${index}]`;
    if (phase !== undefined && pool.instances !== undefined && site.target.kind === "aws")
      return [rentedPool(pool, pool.instances, phase, { region: site.target.region, pools: site.pools }, catalog, at)];
    const system = catalog.systems.get(phase?.buildings[0]?.system ?? "");
    return phase === undefined || system === undefined ? [] : [planPool(pool, phase, system, at, site.pools)];
  });
}

/** A pool of racks; the blueprint has been held against its target, so that its keys are there. */
function planPool(pool: Pool, phase: PhasePlan, system: System, at: string, pools: readonly Pool[]): PoolPlan {
  const gpusPerRack = system.gpusPerRack.value;
  const nodesPerRack = system.nodesPerRack.value;
  const gpusPerNode = both(gpusPerRack, nodesPerRack, (gpus, nodes) => gpus / nodes);
  const rackWatts = both(system.tdp.value, gpusPerRack, (rack, gpus) => Math.ceil(rack / gpus)) as Watts | null;
  const spareRacks = pool.spareRacks ?? 0;
  const inService = Math.max(0, phase.racks - spareRacks);
  const usableGpus = both(
    both(inService, system.schedulableNodesPerRack.value, (racks, nodes) => racks * nodes),
    gpusPerNode,
    (nodes, gpus) => nodes * gpus,
  );
  return {
    ...headOf(pool, phase),
    system: system.id,
    arch: system.arch,
    capacity: pool.capacity,
    racks: phase.racks,
    spareRacks,
    nodes: both(phase.racks, nodesPerRack, (racks, nodes) => racks * nodes),
    gpusPerNode,
    nvlinkAcrossNodes: system.nvlinkDomainNodes.value === null ? null : system.nvlinkDomainNodes.value > 1,
    computeNic: system.computeNic.value,
    gangNodes: system.schedulableNodesPerRack.value,
    gpus: both(phase.racks, gpusPerRack, (racks, gpus) => racks * gpus),
    usableGpus,
    ...queueShare(pool, { usableGpus, gpusPerNode }, pools),
    rackWattsPerGpu: rackWatts,
    gpuMaxWatts: system.gpuPowerMost.value,
    ...gpuPower(rackWatts, system, pool.powerCap, `${at}.powerCap`),
    it: rackLoad(phase.racks, system),
    powerBudget: pool.powerBudget ?? null,
    instances: null,
    spares: pool.reliability === undefined ? null : rackSpares(pool.reliability, spareRacks, phase.racks, system, at),
    at,
  };
}

/** A rack serves while so many of its nodes are there as gangs may count on. */
function rackSpares(
  reliability: Reliability,
  spareRacks: number,
  units: number,
  system: System,
  at: string,
): SparesPlan {
  const nodes = system.nodesPerRack.value;
  const tolerated = both(nodes, system.schedulableNodesPerRack.value, (all, served) => all - served);
  const countsAt = `catalog:systems/${system.id}/schedulableNodesPerRack`;
  return planSpares(reliability, "rack", spareRacks, { units, nodes, tolerated }, at, countsAt);
}

function rackLoad(racks: number, system: System): Total {
  const rack = system.tdp.value;
  return total([{ of: `catalog:systems/${system.id}/tdp`, watts: rack === null ? null : times(racks, rack) }]);
}
