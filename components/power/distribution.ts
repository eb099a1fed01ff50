import type { BuildingPlan, LevelPlan, PhasePlan } from "../plan-types.ts";
import { addTotals, scaleUp, type Total, total, type Watts } from "../quantity.ts";
import type { DistributionScope, Level, Power } from "./schema.ts";
import { survivors } from "./scheme.ts";

interface Scope {
  readonly building: string;
  readonly phase: string;
  readonly sets: number;
  readonly load: Total;
}

/** Each level of the distribution in each building: what one set carries, and what it can at its scheme's loss. */
export function planDistribution(power: Power, phases: readonly PhasePlan[]): readonly LevelPlan[] {
  return power.distribution.flatMap((level, index) =>
    scopesOf(level.per, phases).map((scope) => planLevel(level, scope, `power.distribution[${index}]`)),
  );
}

function planLevel(level: Level, scope: Scope, at: string): LevelPlan {
  const surviving = survivors(level.scheme, level.count);
  const rated = level.rating.value;
  return {
    id: level.id,
    building: scope.building,
    phase: scope.phase,
    per: level.per,
    scheme: level.scheme,
    count: level.count,
    sets: scope.sets,
    ratedWatts: rated,
    derating: level.derating,
    load: scope.load,
    usable: rated === null ? null : (Math.floor(surviving * rated * level.derating + 1e-6) as Watts),
    surviving,
    at,
  };
}

function scopesOf(per: DistributionScope, phases: readonly PhasePlan[]): readonly Scope[] {
  const last = phases.at(-1);
  if (per === "site") {
    const load = addTotals(phases.map(({ it }) => it));
    return last === undefined ? [] : [{ building: "site", phase: last.id, sets: 1, load }];
  }
  return phases.flatMap((phase) =>
    phase.buildings.map((building) => ({ building: building.id, phase: phase.id, ...shareOf(building, per) })),
  );
}

/** Sets in a building and the load on one: a rack's feeds carry the rack, the others their part of all IT. */
function shareOf(building: BuildingPlan, per: Exclude<DistributionScope, "site">): Pick<Scope, "sets" | "load"> {
  const { halls, podsPerHall, racksPerPod, rackWatts, racks, it, at } = building;
  if (per === "rack") {
    return { sets: racks, load: total([{ of: `${at}.system`, watts: rackWatts }]) };
  }
  const racksPerSet = { pod: racksPerPod, hall: podsPerHall * racksPerPod, building: racks }[per];
  const sets = { pod: halls * podsPerHall, hall: halls, building: 1 }[per];
  return { sets, load: { known: scaleUp(it.known, racksPerSet / racks), missing: it.missing } };
}
