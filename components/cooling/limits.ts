import { perMinute, type Watts } from "../quantity.ts";
import type { CoolingLimit } from "./cooling-types.ts";
import { heatOf } from "./heat-balance.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";

/** What limits one element: its thermal rating, and what its flow carries at the design rise. */
export interface ElementLimits {
  readonly limits: readonly CoolingLimit[];
  /** The least of them; null where one is not known. */
  readonly usable: Watts | null;
}

export function limitsOf({ level, takes, at }: ResolvedLevel, { cooling, catalog }: CoolingInput): ElementLimits {
  const loop = takes === "liquid" ? cooling.liquid : cooling.facilityWater;
  const coolant = catalog.coolants.get(loop.coolant);
  const limits: CoolingLimit[] = [];
  if (level.rating !== undefined) limits.push({ by: "rating", watts: level.rating.value, from: `${at}.rating` });
  if (level.flow !== undefined) {
    const carried = coolant === undefined ? null : heatOf(perMinute(level.flow.value), loop.rise, coolant);
    limits.push({ by: "flow", watts: carried, from: `${at}.flow` });
  }
  const values = limits.map(({ watts }) => watts);
  const known = values.filter((value) => value !== null);
  return {
    limits,
    usable: values.length === 0 || known.length < values.length ? null : (Math.min(...known) as Watts),
  };
}
