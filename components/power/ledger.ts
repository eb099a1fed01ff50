import type { PhasePlan } from "../plan-types.ts";
import { quartersBetween } from "../site/quarter.ts";
import { addCounts, addTotals, scaleTotal, total } from "../total.ts";
import type { LedgerRow } from "./power-types.ts";
import type { Power } from "./schema.ts";
import { type Source, sourcesOf, suppliesIn, supplyQuarters } from "./supply.ts";

/**
 * Load against supply for each quarter from the first supply or load to the last change of either. PUE is applied
 * once, at the meter. A phase counts from its first quarter on, unless it is retired.
 */
export function planLedger(power: Power, phases: readonly PhasePlan[]): readonly LedgerRow[] {
  const sources = sourcesOf(power);
  const changes = [...supplyQuarters(sources), ...phases.map(({ from }) => from)].sort();
  const first = changes[0];
  const last = changes.at(-1);
  if (first === undefined || last === undefined) return [];
  return quartersBetween(first, last).map((quarter) => row(quarter, power, sources, phases));
}

function row(quarter: string, power: Power, sources: readonly Source[], phases: readonly PhasePlan[]): LedgerRow {
  const pue = power.pue.value;
  const ramp = power.ramp?.value ?? null;
  const drawing = phases.filter((phase) => phase.from <= quarter && phase.state !== "retired");
  const supplies = suppliesIn(quarter, sources);
  const it = addTotals(drawing.map((phase) => phase.it));
  return {
    quarter,
    phases: drawing.map(({ id }) => id),
    racks: drawing.reduce((sum, { racks }) => sum + racks, 0),
    gpus: addCounts(drawing.map((phase) => phase.gpus)),
    it,
    pue: { value: pue, at: "power.pue" },
    meter: scaleTotal(it, pue, "power.pue"),
    contracted: total(supplies.map(({ contracted, contractedAt }) => ({ of: contractedAt, watts: contracted }))),
    firm: total(supplies.map(({ firm, firmAt }) => ({ of: firmAt, watts: firm }))),
    ramp,
    supplies,
  };
}
