import type { Catalog } from "../catalog/catalog.ts";
import type { Count, PhasePlan, PoolPlan } from "../plan-types.ts";
import { watts } from "../quantity.ts";
import { isOpen } from "../site/phase-state.ts";
import type { InstancePrice, InstancesPlan } from "./compute-types.ts";
import { queueShare } from "./queue-share.ts";
import type { Instances, Pool } from "./schema.ts";
import { planSpares } from "./spares.ts";
import { ultraServerOf } from "./ultra-server.ts";

/** What a pool says of itself, of racks or of instances. */
export const headOf = (pool: Pool, phase: PhasePlan) => ({
  id: pool.id,
  phase: phase.id,
  state: phase.state,
  held: !isOpen(phase.state),
  memlock: knownOf(pool.memlock?.value),
  remediation: knownOf(pool.remediation?.value),
});

/** What a setting is known to be. */
const knownOf = <Value extends string>(value: Value | undefined): Exclude<Value, "unknown"> | null =>
  value === undefined || value === "unknown" ? null : (value as Exclude<Value, "unknown">);

export const both = (left: Count, right: Count, combine: (left: number, right: number) => number): Count =>
  left === null || right === null ? null : combine(left, right);

/** A pool of instances of a cloud: its nodes are counted, its power is the landlord's. */
export function rentedPool(
  pool: Pool,
  instances: Instances,
  phase: PhasePlan,
  { region, pools }: { readonly region: string; readonly pools: readonly Pool[] },
  catalog: Catalog,
  at: string,
): PoolPlan {
  const instance = catalog.instances.get(instances.type);
  const ultraServer = ultraServerOf(instances, catalog);
  const gpusPerNode = instance?.gpus.value ?? null;
  const usableGpus = both(instances.count - instances.spare, gpusPerNode, (nodes, gpus) => nodes * gpus);
  return {
    ...headOf(pool, phase),
    system: instances.type,
    arch: instance?.arch ?? "amd64",
    capacity: pool.capacity,
    racks: null,
    spareRacks: null,
    nodes: instances.count,
    gpusPerNode,
    nvlinkAcrossNodes: instance?.onlyInUltraServers ?? null,
    computeNic: null,
    gangNodes:
      instance?.onlyInUltraServers === false
        ? instances.count - instances.spare
        : (ultraServer?.schedulableInstances.value ?? null),
    gpus: both(instances.count, gpusPerNode, (nodes, gpus) => nodes * gpus),
    usableGpus,
    ...queueShare(pool, { usableGpus, gpusPerNode }, pools),
    rackWattsPerGpu: null,
    wattsPerGpu: null,
    gpuMaxWatts: null,
    cap: null,
    it: { known: watts(0), missing: [`${at}.instances`] },
    powerBudget: null,
    instances: instancesPlan(pool, instances, region, catalog, at),
    spares:
      pool.reliability === undefined
        ? null
        : planSpares(
            pool.reliability,
            "node",
            instances.spare,
            { units: instances.count, nodes: 1, tolerated: 0 },
            at,
            at,
          ),
    at,
  };
}

function instancesPlan(pool: Pool, instances: Instances, region: string, catalog: Catalog, at: string): InstancesPlan {
  const instance = catalog.instances.get(instances.type);
  const ultraServer = ultraServerOf(instances, catalog);
  return {
    count: instances.count,
    spare: instances.spare,
    zone: instances.zone,
    billed: Math.max(instances.count, instances.reservation?.count ?? 0),
    price: priceOf(pool, instances, region, catalog, at),
    family: instance?.family ?? "P",
    onlyInUltraServers: instance?.onlyInUltraServers ?? false,
    ultraServer:
      ultraServer === null
        ? null
        : {
            id: ultraServer.id,
            instances: ultraServer.instances.value,
            schedulable: ultraServer.schedulableInstances.value,
          },
    vcpus: instance?.vcpus.value ?? null,
    efaDevices: instance?.efaDevices.value ?? null,
    efaOnFirstCard: instance?.efaOnFirstCard.value ?? null,
    reservation: instances.reservation ?? null,
  };
}

/**
 * The blueprint's own price, else the published on-demand one, at which an On-Demand Capacity Reservation is billed as
 * well. A block and spot have no published price that holds: without the blueprint's they are unknown.
 */
function priceOf(pool: Pool, instances: Instances, region: string, catalog: Catalog, at: string): InstancePrice {
  const stated = `${at}.instances.pricePerHour`;
  if (instances.pricePerHour !== undefined) return { value: instances.pricePerHour.value, from: stated, use: null };
  if (pool.capacity === "spot" || instances.reservation?.kind === "capacity-block")
    return { value: null, from: stated, use: null };
  const published = catalog.instancePrices.get(instances.type)?.get(region);
  if (published === undefined) return { value: null, from: stated, use: null };
  const from = `catalog:instance-prices/${instances.type}/${region}`;
  const use = { of: `${instances.type}.${region}`, date: published.date, source: published.source, at: from };
  return { value: published.value, from, use };
}
