import type { Catalog } from "../catalog/catalog.ts";
import type { BuildingPlan, PhasePlan } from "../plan-types.ts";
import { survivors } from "../power/scheme.ts";
import { addTotals, type Ratio, scaleTotal, type Total, type Watts } from "../quantity.ts";
import type { CoolingLevelPlan, CoolingPlan } from "./cooling-types.ts";
import { drawPerHeat, type Heat, heatAt, planHeat, shareOf } from "./heat.ts";
import { type CoolingInput, coolingInput, type ResolvedLevel } from "./levels.ts";
import { limitsOf } from "./limits.ts";
import type { Cooling } from "./schema.ts";
import { planTemperatures } from "./temperatures.ts";

/** The heat balance of the site: what each level takes, at what temperatures, and what it draws and evaporates. */
export function planCooling(
  cooling: Cooling | undefined,
  phases: readonly PhasePlan[],
  catalog: Catalog,
): CoolingPlan | null {
  if (cooling === undefined) return null;
  const input = coolingInput(cooling, catalog);
  const heat = planHeat(input, phases);
  return {
    heat: heat.map((each) => ({ ...each, draw: drawOf(each, input) })),
    levels: input.levels.flatMap((level, index) => planLevel(level, index, heat, phases, input)),
    temperatures: planTemperatures(input, phases),
    wue: { value: cooling.water.wue.value, at: "cooling.water.wue" },
    waterSupply: { value: cooling.water.supply.value, at: "cooling.water.supply" },
  };
}

function drawOf(heat: Heat, input: CoolingInput): Total {
  return addTotals(
    input.levels.map((level, index) => {
      const taken = heatAt(index, heat, input);
      const share = drawPerHeat(level, input);
      return share === null
        ? { known: 0 as Watts, missing: [...taken.missing, `${level.at}.draw`] }
        : scaleTotal(taken, share as Ratio, "");
    }),
  );
}

function planLevel(
  resolved: ResolvedLevel,
  index: number,
  heat: readonly Heat[],
  phases: readonly PhasePlan[],
  input: CoolingInput,
): readonly CoolingLevelPlan[] {
  const { level, at } = resolved;
  const { limits, usable } = limitsOf(resolved, input);
  const plan = (scope: Scope): CoolingLevelPlan => ({
    id: level.id,
    kind: level.kind,
    ...scope,
    per: level.per,
    scheme: level.scheme,
    count: level.count,
    limits,
    usable,
    surviving: survivors(level.scheme, level.count),
    draw: level.draw.value,
    takes: resolved.takes,
    to: resolved.to === null ? null : (input.levels[resolved.to]?.level.id ?? null),
    at,
  });
  const last = phases.at(-1);
  const taken = heat.map((each) => heatAt(index, each, input));
  if (level.per === "site") {
    return last === undefined ? [] : [plan({ building: "site", phase: last.id, sets: 1, heat: addTotals(taken) })];
  }
  const buildings = phases.flatMap((phase) => phase.buildings.map((building) => ({ building, phase: phase.id })));
  return buildings.map(({ building, phase }, number) => {
    const sets = setsOf(building, level.per);
    const total = taken[number] as Total;
    return plan({ building: building.id, phase, sets, heat: shareOf(total, 1 / sets) });
  });
}

type Scope = Pick<CoolingLevelPlan, "building" | "phase" | "sets" | "heat">;

const setsOf = ({ halls, podsPerHall, racks }: BuildingPlan, per: Cooling["levels"][number]["per"]): number =>
  per === "rack" ? racks : per === "pod" ? halls * podsPerHall : per === "hall" ? halls : 1;
