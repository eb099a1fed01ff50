import type { Catalog } from "../catalog/catalog.ts";
import { type Cooling, type CoolingKind, type CoolingLevel, OUTDOORS } from "./schema.ts";

/** What an element takes its heat from: the coolant of the racks, the air of the hall, or facility water. */
type Takes = "liquid" | "air" | "water";
const TAKES: Readonly<Record<CoolingKind, Takes>> = {
  cdu: "liquid",
  "air-handler": "air",
  pump: "water",
  chiller: "water",
  "dry-cooler": "water",
  tower: "water",
};

/** A level with its place in the list and the one that takes its heat; null where that is the outdoors. */
export interface ResolvedLevel {
  readonly level: CoolingLevel;
  readonly takes: Takes;
  readonly to: number | null;
  readonly at: string;
}

/** What the blueprint and the catalog say of the cooling. */
export interface CoolingInput {
  readonly cooling: Cooling;
  readonly levels: readonly ResolvedLevel[];
  readonly catalog: Catalog;
}

export const coolingInput = (cooling: Cooling, catalog: Catalog): CoolingInput => ({
  cooling,
  levels: resolvedLevels(cooling),
  catalog,
});

/** The levels with what takes the heat of each: as stated, else the next in the list that takes water. */
const resolvedLevels = ({ levels }: Cooling): readonly ResolvedLevel[] =>
  levels.map((level, index) => ({
    level,
    takes: TAKES[level.kind],
    to: nextOf(levels, index),
    at: `cooling.levels[${index}]`,
  }));

function nextOf(levels: readonly CoolingLevel[], index: number): number | null {
  const to = levels[index]?.to;
  if (to === OUTDOORS) return null;
  const next = levels.findIndex(
    (each, other) => other > index && (to === undefined ? TAKES[each.kind] === "water" : each.id === to),
  );
  return next < 0 ? null : next;
}
