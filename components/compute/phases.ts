import type { Catalog } from "../catalog/catalog.ts";
import type { BuildingPlan, Count, PhasePlan } from "../plan-types.ts";
import { type Ratio, scaleUp, times, type Watts, watts } from "../quantity.ts";
import type { Phase, Site } from "../site/schema.ts";
import { expandIds } from "../site/template.ts";
import { addCounts, addTotals, type Total } from "../total.ts";
import { planEvidence } from "./evidence.ts";
import type { Building } from "./schema.ts";

/** Racks, GPUs and IT load of each phase, in site order; `switches` is the load of each building's fabrics, where it has any. */
export function planPhases(site: Site, catalog: Catalog, switches: ReadonlyMap<string, Total>): readonly PhasePlan[] {
  const buildings = new Map(
    (site.buildings ?? []).flatMap((building, index) =>
      expandIds(building.id).map(
        (id) =>
          [id, planBuilding(id, building, `buildings[${index}]`, site, catalog, switches.get(id) ?? NONE)] as const,
      ),
    ),
  );
  return site.phases.map((phase, index) => {
    const at = `phases[${index}]`;
    return phase.buildings === undefined
      ? rentedPhase(phase, at, site, catalog)
      : builtPhase(phase, phase.buildings, at, buildings, catalog);
  });
}

/** A phase of instances: no racks of ours, and what they draw is not known. */
function rentedPhase(phase: Phase, at: string, site: Site, catalog: Catalog): PhasePlan {
  const own = site.pools
    .map((pool, index) => ({ ...pool, at: `pools[${index}]` }))
    .filter((pool) => pool.phase === phase.id);
  const gpus = own.flatMap(({ instances }) =>
    instances === undefined
      ? []
      : [product(instances.count, catalog.instances.get(instances.type)?.gpus.value ?? null)],
  );
  return phasePlan(phase, at, catalog.gates, {
    buildings: [],
    instances: [...new Set(own.flatMap(({ instances }) => instances?.type ?? []))],
    racks: 0,
    gpus: addCounts(gpus),
    it: { known: watts(0), missing: own.map((pool) => `${pool.at}.instances`) },
  });
}

function builtPhase(
  phase: Phase,
  ids: readonly string[],
  at: string,
  buildings: ReadonlyMap<string, BuildingPlan>,
  catalog: Catalog,
): PhasePlan {
  const own = ids.flatMap(expandIds).flatMap((id) => buildings.get(id) ?? []);
  const gpus = own.map(({ racks, system }) => product(racks, catalog.systems.get(system)?.gpusPerRack.value ?? null));
  return phasePlan(phase, at, catalog.gates, {
    buildings: own,
    instances: [],
    racks: own.reduce((sum, { racks }) => sum + racks, 0),
    gpus: addCounts(gpus),
    it: addTotals(own.map(({ it }) => it)),
  });
}

/** What a phase says of itself, around what it holds. */
const phasePlan = (
  phase: Phase,
  at: string,
  gates: Catalog["gates"],
  held: Pick<PhasePlan, "buildings" | "instances" | "racks" | "gpus" | "it">,
): PhasePlan => ({
  id: phase.id,
  from: phase.from,
  state: phase.state,
  ...held,
  evidence: planEvidence(phase, at, gates),
  at,
});

/**
 * IT load of a building: racks × rack TDP, the network, storage and management that the site adds to it, and of that
 * what is measured to fall together.
 */
function planBuilding(
  id: string,
  building: Building,
  at: string,
  site: Site,
  catalog: Catalog,
  switches: Total,
): BuildingPlan {
  const racks = building.halls * building.podsPerHall * building.racksPerPod;
  const system = catalog.systems.get(building.system);
  const rackWatts = system?.tdp.value ?? null;
  const edpFactor = site.power?.edpFactor?.value ?? null;
  const { diversity } = building;
  const load = { racks: rackWatts === null ? null : times(racks, rackWatts), share: building.otherIt.value, switches };
  return {
    id,
    system: building.system,
    halls: building.halls,
    podsPerHall: building.podsPerHall,
    racksPerPod: building.racksPerPod,
    racks,
    rackWatts,
    rackPeakWatts: system?.edpPeaks.find(({ factor }) => factor === edpFactor)?.value ?? null,
    otherIt: shareOf(load),
    switches,
    workload: building.workload ?? null,
    diversity: diversity === undefined ? null : { value: diversity.value, at: `${at}.diversity` },
    it: together(withOtherIt(load, at, building.system), diversity?.value ?? 1),
    at,
  };
}

const together = ({ known, missing }: Total, diversity: number): Total => ({
  known: scaleUp(known, diversity),
  missing,
});

interface Parts {
  readonly racks: Watts | null;
  readonly share: Ratio | null;
  readonly switches: Total;
}

/** The share covers the switches, which therefore never count beside it; known to draw more than it says, they count instead. */
function withOtherIt({ racks, share, switches }: Parts, at: string, system: string): Total {
  const missing = [
    ...(racks === null ? [`catalog:systems/${system}/tdp`] : []),
    ...(share === null ? [`${at}.otherIt`] : []),
  ];
  const own = racks ?? (0 as Watts);
  return { known: Math.max(scaleUp(own, 1 + (share ?? 0)), own + switches.known) as Watts, missing };
}

/** The same as a share, for the feeds. */
const shareOf = ({ racks, share, switches }: Parts): Ratio | null =>
  share === null || racks === null || racks === 0 ? share : (Math.max(share, switches.known / racks) as Ratio);

const NONE: Total = { known: 0 as Watts, missing: [] };
const product = (left: number, right: Count): Count => (right === null ? null : left * right);
