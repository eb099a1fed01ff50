import type { Catalog } from "../catalog/catalog.ts";
import type { PhasePlan } from "../plan-types.ts";
import type { TemperatureCheck, TemperatureTerm } from "./cooling-types.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";
import type { Cooling } from "./schema.ts";

/** Each temperature that has to stay below another one, from the outdoors to the outlet of the racks. */
export function planTemperatures(
  { cooling, levels, catalog }: CoolingInput,
  phases: readonly PhasePlan[],
): readonly TemperatureCheck[] {
  const systems = [...new Set(phases.flatMap(({ buildings }) => buildings.map(({ system }) => system)))];
  return [
    ...levels.flatMap((level) => [...ratedCheck(level, levels, cooling), ...approachCheck(level, levels, cooling)]),
    ...systems.flatMap((system) => rackChecks(system, cooling, catalog)),
  ];
}

/** A rating holds up to the temperature that it is stated at. */
function ratedCheck(level: ResolvedLevel, levels: readonly ResolvedLevel[], cooling: Cooling): TemperatureCheck[] {
  const { ratedAt, id } = level.level;
  if (ratedAt === undefined) return [];
  return [
    {
      kind: "rated",
      subject: id,
      need: sinkOf(level, levels, cooling),
      limit: { name: `${id} rated at`, value: ratedAt.value, from: `${level.at}.ratedAt` },
      at: `${level.at}.ratedAt`,
    },
  ];
}

/** What a level gives its heat to, at the design point: outdoor air, or what the next level supplies. */
function sinkOf(level: ResolvedLevel, levels: readonly ResolvedLevel[], cooling: Cooling): readonly TemperatureTerm[] {
  if (level.takes !== "water") return [facilitySupply(cooling)];
  const next = pastPumps(level, levels);
  if (next === null) return [outdoorOf(level, cooling)];
  if (level.level.kind !== "chiller") return [facilitySupply(cooling)];
  return [outdoorOf(next, cooling), approachOf(next)];
}

/** A chiller is the only one that cools below what it gives its heat to; all others stay an approach above it. */
function approachCheck(level: ResolvedLevel, levels: readonly ResolvedLevel[], cooling: Cooling): TemperatureCheck[] {
  const { id, kind, approach } = level.level;
  if (approach === undefined) return [];
  const suppliesRacks = kind === "cdu";
  const givers = levels.filter(({ to }) => to !== null && pastPumpsAt(to, levels) === level);
  if (!suppliesRacks && givers.length > 0 && givers.every((giver) => giver.level.kind === "chiller")) return [];
  return [
    {
      kind: "approach",
      subject: id,
      need: [...sinkOf(level, levels, cooling), approachOf(level)],
      limit: suppliesRacks ? liquidSupply(cooling) : facilitySupply(cooling),
      at: `${level.at}.approach`,
    },
  ];
}

function rackChecks(system: string, { liquid }: Cooling, catalog: Catalog): TemperatureCheck[] {
  const facts = catalog.systems.get(system);
  if (facts === undefined || facts.liquidHeat.value === 0) return [];
  const supply = liquidSupply({ liquid });
  const rise = { name: "rise over the rack", value: liquid.rise, from: "cooling.liquid.rise" };
  const most = (fact: "inletMax" | "outletMax", name: string): TemperatureTerm => ({
    name,
    value: facts[fact].value,
    from: `catalog:systems/${system}/${fact}`,
  });
  return [
    {
      kind: "rack",
      subject: `${system}.inlet`,
      need: [supply],
      limit: most("inletMax", "most at the inlet"),
      at: "cooling.liquid.supply",
    },
    {
      kind: "rack",
      subject: `${system}.outlet`,
      need: [supply, rise],
      limit: most("outletMax", "most at the outlet"),
      at: "cooling.liquid.supply",
    },
  ];
}

const pastPumps = ({ to }: ResolvedLevel, levels: readonly ResolvedLevel[]): ResolvedLevel | null =>
  to === null ? null : pastPumpsAt(to, levels);

/** Pumps move water and leave its temperature as it is. */
function pastPumpsAt(index: number, levels: readonly ResolvedLevel[]): ResolvedLevel | null {
  const level = levels[index];
  if (level === undefined) return null;
  return level.level.kind === "pump" ? pastPumps(level, levels) : level;
}

/** Towers cool towards the wet bulb, everything else towards the air as it is. */
function outdoorOf({ level: { kind } }: ResolvedLevel, { outdoor }: Pick<Cooling, "outdoor">): TemperatureTerm {
  return kind === "tower"
    ? { name: "design wet bulb", value: outdoor.wetBulb.value, from: "cooling.outdoor.wetBulb" }
    : { name: "design outdoor air", value: outdoor.dryBulb.value, from: "cooling.outdoor.dryBulb" };
}

const approachOf = ({ level: { id, approach }, at }: ResolvedLevel): TemperatureTerm => ({
  name: `approach of ${id}`,
  value: approach?.value ?? null,
  from: `${at}.approach`,
});
const facilitySupply = ({ facilityWater }: Pick<Cooling, "facilityWater">): TemperatureTerm => ({
  name: "facility water",
  value: facilityWater.supply.value,
  from: "cooling.facilityWater.supply",
});
const liquidSupply = ({ liquid }: Pick<Cooling, "liquid">): TemperatureTerm => ({
  name: "coolant supply",
  value: liquid.supply.value,
  from: "cooling.liquid.supply",
});
