import type { BuildingPlan, PhasePlan } from "../plan-types.ts";
import { wholeWatts } from "../power/one-line/graph.ts";
import { type LitresPerMinute, perMinute, type Ratio, times, type Watts } from "../quantity.ts";
import { addTotals, scaleTotal, type Total, total } from "../total.ts";
import type { HeatPlan } from "./cooling-types.ts";
import { flowFor } from "./heat-balance.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";
import { limitsOf } from "./limits.ts";

/** The heat of a building before the draw of its cooling is known. */
export type Heat = Omit<HeatPlan, "draw">;

/** Heat of each building by what takes it: the racks' liquid, the air of the hall, and the flow that a rack needs. */
export function planHeat(input: CoolingInput, phases: readonly PhasePlan[]): readonly Heat[] {
  return phases.flatMap((phase) => phase.buildings.map((building) => buildingHeat(input, building, phase)));
}

/** All of the IT beside the racks gives its heat to the air. */
function buildingHeat({ cooling, catalog }: CoolingInput, building: BuildingPlan, phase: PhasePlan): Heat {
  const system = catalog.systems.get(building.system);
  const coolant = catalog.coolants.get(cooling.liquid.coolant);
  const liquid = system?.liquidHeat.value ?? null;
  const air = system?.airHeat.value ?? null;
  return {
    building: building.id,
    phase: phase.id,
    system: building.system,
    racks: building.racks,
    liquidPerRack: liquid,
    airPerRack: air,
    otherIt: totalOf(besideRacks(building, building.racks)),
    airPerPod: addTotals([
      racksHeat({ ...building, racks: building.racksPerPod }, air, "airHeat"),
      totalOf(besideRacks(building, building.racksPerPod)),
    ]),
    flowPerRack: coolant === undefined ? null : tenths(flowFor(liquid, cooling.liquid.rise, coolant)),
    leastFlow: perMinute(system?.coolantFlow.value ?? null),
    at: building.at,
  };
}

/** A flow is not measured finer than a tenth of a litre; what is had is rounded down. */
const tenths = (flow: LitresPerMinute | null): LitresPerMinute | null =>
  flow === null ? null : ((Math.floor(flow * 10 + 1e-6) / 10) as LitresPerMinute);

/** A heat in W, null where it is not known, and where it is stated. */
export interface StatedHeat {
  readonly watts: number | null;
  readonly from: string;
}

/** IT load beside so many racks of a building: all of it, whatever falls together of it at the meter. */
export function besideRacks({ rackWatts, otherIt, system, at }: BuildingPlan, racks: number): StatedHeat {
  if (rackWatts === null) return { watts: null, from: `catalog:systems/${system}/tdp` };
  return { watts: otherIt === null ? null : racks * rackWatts * otherIt, from: `${at}.otherIt` };
}

const totalOf = ({ watts, from }: StatedHeat): Total =>
  total([{ of: from, watts: watts === null ? null : wholeWatts(watts) }]);

/** Heat that a level takes in one building, with what the elements before it add to it by their own draw. */
export function heatAt(index: number, heat: Heat, input: CoolingInput): Total {
  const { takes } = input.levels[index] as ResolvedLevel;
  if (takes === "liquid") return racksHeat(heat, heat.liquidPerRack, "liquidHeat");
  if (takes === "air") return addTotals([racksHeat(heat, heat.airPerRack, "airHeat"), heat.otherIt]);
  const given = input.levels.flatMap((level, from) =>
    level.to === index ? [withOwnDraw(heatAt(from, heat, input), level, input)] : [],
  );
  return addTotals(given);
}

const racksHeat = ({ racks, system }: Pick<Heat, "racks" | "system">, each: Watts | null, fact: string): Total =>
  total([{ of: `catalog:systems/${system}/${fact}`, watts: each === null ? null : times(racks, each) }]);

/** What an element draws, at the rate of its rating, leaves with the heat that it passes on. */
function withOwnDraw(heat: Total, level: ResolvedLevel, input: CoolingInput): Total {
  const share = drawPerHeat(level, input);
  return scaleTotal(heat, share === null ? null : ((1 + share) as Ratio), `${level.at}.draw`);
}

/** Electrical draw of an element over the heat it takes, both at the rating. */
export function drawPerHeat(level: ResolvedLevel, input: CoolingInput): number | null {
  const usable = limitsOf(level, input).usable;
  const draw = level.level.draw.value;
  return usable === null || draw === null || usable === 0 ? null : draw / usable;
}
