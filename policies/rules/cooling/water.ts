import type { CoolingPlan } from "../../../components/cooling/cooling-types.ts";
import type { Plan } from "../../../components/plan-types.ts";
import type { LedgerRow } from "../../../components/power/power-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { inWater, needAndHave } from "../../message.ts";
import { limitTerm, needTerm, needTotal, type Rule, type Subject } from "../../rule.ts";

/** kWh that a load of 1 W takes in a day. */
const KWH_A_DAY = 0.024;

/** The water that the cooling uses at full load is there. */
export const water: Rule = {
  id: "cooling/water",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "energized",
  claim: "IT load × WUE ≤ water that may be drawn",
  why: "a tower without make-up water stops within the hour, and a permit is a limit as hard as a contract",
  formula: "Σ IT load × WUE ≤ cooling.water.supply",
  source: "definition of WUE, ISO/IEC 30134-9; permit or contract of the site (blueprint: cooling.water)",
  inputs: "IT load of the phases that draw power in the quarter, cooling.water.wue and supply",
  pass: "the water used at full load is at most the supply",
  fail: "it is more",
  unproved: "an IT load, the WUE or the supply is unknown",
  fix: "enter the permit, or choose dry or closed-loop cooling",
  manualCheck: "multiply the IT energy of a day by the WUE; compare with what may be drawn in a day",
  notApplicable: "the blueprint states no cooling, or no phase draws power",
  subjects: ({ plan }) => {
    const { cooling } = plan;
    return cooling === null ? [] : steps(plan.ledger).map((row) => subject(row, cooling, plan));
  },
};

/** Quarters in which the IT load changes. */
const steps = (rows: readonly LedgerRow[]): readonly LedgerRow[] =>
  rows.filter(({ phases }, index) => phases.length > 0 && phases.join() !== rows[index - 1]?.phases.join());

function subject({ quarter, it, phases }: LedgerRow, { wue, waterSupply }: CoolingPlan, plan: Plan): Subject {
  return {
    id: quarter,
    at: wue.at,
    state: furthestState(plan.phases.filter(({ id }) => phases.includes(id))),
    claim: "at-most",
    unit: "l/d",
    inputs: [
      ...needTotal(it, { name: "IT load", part: "part of the IT load", from: "buildings" }),
      { ...needTerm("l/kWh", { name: "WUE", value: wue.value, from: wue.at }), as: "factor" },
      {
        ...needTerm("1", { name: "kWh a day for each W", value: KWH_A_DAY, from: "" }),
        as: "factor",
      },
      limitTerm("l/d", { name: "water that may be drawn", value: waterSupply.value, from: waterSupply.at }),
    ],
    message: (judged) => `${phases.join(" + ")}: ${needAndHave({ need: "of water" }, inWater)(judged)}`,
  };
}
