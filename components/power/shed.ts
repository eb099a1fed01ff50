import type { Catalog, System } from "../catalog/catalog.ts";
import type { Count, EndpointPlan, PoolPlan } from "../plan-types.ts";
import type { Watts } from "../quantity.ts";
import type { Shed } from "./schema.ts";

/** What a step takes off the IT load: rounded down, null where not known. */
export interface Saving {
  readonly watts: Watts | null;
  readonly gpus: Count;
  readonly missing: readonly string[];
}

/** GPUs that go down together: those of one endpoint, or what is left of its pool. */
interface Cell {
  readonly pool: PoolPlan;
  readonly endpoint: string | null;
  readonly gpus: Count;
  suspended: boolean;
  /** Limit of each GPU, once it is capped. */
  limit: Watts | null;
}

/** Takes steps one after the other: what is suspended already saves nothing again, a lower cap only the difference. */
export function shedder(
  pools: readonly PoolPlan[],
  endpoints: readonly EndpointPlan[],
  catalog: Catalog,
): (step: Shed, at: string, refused: boolean) => Saving {
  const cells = pools.flatMap((pool) => cellsOf(pool, endpoints));
  return (step, at, refused) => {
    const system = catalog.systems.get(pools.find(({ id }) => id === step.pool)?.system ?? "");
    const hit = cells.filter(
      (cell) =>
        cell.pool.id === step.pool &&
        !cell.suspended &&
        (step.endpoint === undefined || cell.endpoint === step.endpoint),
    );
    if (system === undefined) return { watts: null, gpus: null, missing: [`${at}.pool`] };
    const savings = hit.map((cell) =>
      step.action === "suspend" ? suspended(cell, step, system, at) : capped(cell, step, system, at),
    );
    if (!refused) for (const cell of hit) change(cell, step);
    return sum(savings);
  };
}

function change(cell: Cell, { action, perGpu }: Shed): void {
  if (action === "suspend") cell.suspended = true;
  else cell.limit = lower(cell.limit, perGpu?.value ?? null);
}

/** A cap above an earlier one does not lift it. */
const lower = (limit: Watts | null, cap: Watts | null): Watts | null =>
  limit === null || cap === null ? (limit ?? cap) : (Math.min(limit, cap) as Watts);

/** Spare racks run nothing that could go down. */
function cellsOf(pool: PoolPlan, endpoints: readonly EndpointPlan[]): readonly Cell[] {
  const own = endpoints.filter((endpoint) => endpoint.pool === pool.id);
  const served = own.reduce<Count>((sum, { gpus }) => (sum === null || gpus === null ? null : sum + gpus), 0);
  const inService =
    pool.gpus === null || pool.racks === null || pool.spareRacks === null
      ? null
      : (pool.gpus / Math.max(1, pool.racks)) * (pool.racks - pool.spareRacks);
  const free = { suspended: false, limit: null };
  return [
    ...own.map(({ id, gpus }) => ({ pool, endpoint: id, gpus, ...free })),
    {
      pool,
      endpoint: null,
      gpus: inService === null || served === null ? null : Math.max(0, inService - served),
      ...free,
    },
  ];
}

/** From the share of the rack's TDP, or what an earlier cap has left of it, to what an idle GPU draws. */
function suspended({ pool, gpus, limit }: Cell, { perGpu }: Shed, system: System, at: string): Saving {
  const rackGpus = system.gpusPerRack.value;
  const idle = perGpu === undefined ? perRackGpu(system.idle.value, rackGpus, Math.ceil) : perGpu.value;
  const draws = perRackGpu(system.tdp.value, rackGpus, (watts) => watts);
  const most = system.gpuPowerMost.value;
  const before = limit === null ? 0 : most === null ? null : Math.max(0, most - limit);
  const missing = [
    ...(idle === null ? [perGpu === undefined ? `catalog:systems/${system.id}/idle` : `${at}.perGpu`] : []),
    ...(draws === null ? [`catalog:systems/${system.id}/tdp`] : []),
    ...(before === null ? [`catalog:systems/${system.id}/gpuPowerMost`] : []),
    ...(gpus === null ? [`${pool.at}.phase`] : []),
  ];
  return saving(gpus, missing, () => Number(draws) - Number(before) - Number(idle));
}

/** From the GPU's largest power, or an earlier cap, to the cap: within what the GPU takes. The host is not capped. */
function capped({ pool, gpus, limit }: Cell, { perGpu }: Shed, system: System, at: string): Saving {
  const least = system.gpuPowerLeast.value;
  const most = system.gpuPowerMost.value;
  const cap = perGpu?.value ?? null;
  const missing = [
    ...(cap === null ? [`${at}.perGpu`] : []),
    ...(least === null ? [`catalog:systems/${system.id}/gpuPowerLeast`] : []),
    ...(most === null ? [`catalog:systems/${system.id}/gpuPowerMost`] : []),
    ...(gpus === null ? [`${pool.at}.phase`] : []),
  ];
  return saving(
    gpus,
    missing,
    () => Math.min(Number(most), limit ?? Number(most)) - Math.max(Number(cap), Number(least)),
  );
}

function saving(gpus: Count, missing: readonly string[], each: () => number): Saving {
  if (missing.length > 0 || gpus === null) return { watts: null, gpus, missing };
  return { watts: Math.floor(Math.max(0, gpus * each()) + SLACK) as Watts, gpus, missing };
}
/** Binary noise of a quotient is not a watt. */
const SLACK = 1e-6;

const perRackGpu = (rack: Watts | null, gpus: Count, round: (watts: number) => number): number | null =>
  rack === null || gpus === null ? null : round(rack / gpus);

const sum = (savings: readonly Saving[]): Saving => ({
  watts: savings.reduce<Watts | null>(
    (all, { watts }) => (all === null || watts === null ? null : ((all + watts) as Watts)),
    0 as Watts,
  ),
  gpus: savings.reduce<Count>((all, { gpus }) => (all === null || gpus === null ? null : all + gpus), 0),
  missing: [...new Set(savings.flatMap(({ missing }) => missing))],
});
