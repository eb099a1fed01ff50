import type { LedgerRow, PhasePlan } from "../plan-types.ts";
import { addTotals, scaleTotal, total } from "../quantity.ts";
import { quartersBetween } from "../site/quarter.ts";
import type { Power } from "./schema.ts";
import { suppliesIn, supplyQuarters } from "./supply.ts";

/**
 * Load against supply for each quarter from the first supply or load to the last change of either. PUE is applied
 * once, at the meter. A phase counts from its first quarter on, unless it is retired.
 */
export function planLedger(power: Power, phases: readonly PhasePlan[]): readonly LedgerRow[] {
  const changes = [...supplyQuarters(power), ...phases.map(({ from }) => from)].sort();
  const first = changes[0];
  const last = changes.at(-1);
  if (first === undefined || last === undefined) return [];
  return quartersBetween(first, last).map((quarter) => row(quarter, power, phases));
}

function row(quarter: string, power: Power, phases: readonly PhasePlan[]): LedgerRow {
  const drawing = phases.filter((phase) => phase.from <= quarter && phase.state !== "retired");
  const supplies = suppliesIn(quarter, power);
  const it = addTotals(drawing.map((phase) => phase.it));
  const gpus = drawing.map((phase) => phase.gpus);
  return {
    quarter,
    phases: drawing.map(({ id }) => id),
    racks: drawing.reduce((sum, { racks }) => sum + racks, 0),
    gpus: gpus.includes(null) ? null : gpus.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    it,
    pue: { value: power.pue.value, at: "power.pue" },
    meter: scaleTotal(it, power.pue.value, "power.pue"),
    contracted: total(supplies.map(({ contracted, contractedAt }) => ({ of: contractedAt, watts: contracted }))),
    firm: total(supplies.map(({ firm, firmAt }) => ({ of: firmAt, watts: firm }))),
    supplies,
  };
}
