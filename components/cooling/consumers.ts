import type { Consumer, ConsumersOf } from "../power/one-line/expand.ts";
import type { Place } from "../power/one-line/places.ts";
import { drawingElement, elementId } from "./elements.ts";
import { drawPerHeat, heatAt } from "./heat.ts";
import type { ResolvedLevel } from "./levels.ts";
import type { CoolingModel } from "./model.ts";

/**
 * The cooling as it loads the electrical one-line: each element at its rated draw, as its feeds are sized; at the design
 * point that PUE is stated for, in proportion to the heat it then takes.
 */
export const coolingConsumers =
  (model: CoolingModel | null): ConsumersOf =>
  (places) =>
    (model?.levels ?? []).flatMap((level, index) => {
      const design = designDraws(level, index, model as CoolingModel);
      return places[level.level.per].flatMap((place) => consumersAt(level, place, design(place)));
    });

function consumersAt(resolved: ResolvedLevel, place: Place, designLoad: number | null): readonly Consumer[] {
  const { fedBy, lineups, count, id, draw, scheme } = resolved.level;
  if (fedBy === undefined) return [];
  const element = drawingElement(resolved);
  return Array.from({ length: count }, (_, index) => ({
    id: elementId(place, id, index),
    element,
    place,
    fedBy,
    fed: { element: index, count, redundant: count > 1 && scheme !== "N" },
    lineups,
    load: draw.value,
    designLoad,
  }));
}

/** Draw of one element at the design heat of its place; buildings are alike inside. */
function designDraws(level: ResolvedLevel, index: number, model: CoolingModel): (place: Place) => number | null {
  const share = drawPerHeat(level, model);
  const byBuilding = new Map(model.heat.map((each) => [each.building, heatAt(index, each, model)]));
  const whole = [...byBuilding.values()].reduce((sum, { known }) => sum + known, 0);
  return ({ scope, building, of }) => {
    const taken = scope === "site" ? { known: whole, missing: [] } : byBuilding.get(building);
    if (share === null || taken === undefined || taken.missing.length > 0) return null;
    const sets =
      of === null ? 1 : { site: 1, building: 1, hall: of.halls, pod: of.halls * of.podsPerHall, rack: of.racks }[scope];
    return Math.min(level.level.draw.value ?? 0, (taken.known * share) / (sets * level.level.count));
  };
}
