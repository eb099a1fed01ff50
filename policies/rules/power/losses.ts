import type { Plan } from "../../../components/plan-types.ts";
import type { LedgerRow, StepPlan } from "../../../components/power/power-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { limitTerm, limitTotal, needTotal, type Rule, type Subject } from "../../rule.ts";

/** PUE covers what the blueprint states below the meter, so that losses are counted once. */
export const losses: Rule = {
  id: "power/losses",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "IT load with the losses of transformers and UPS ≤ IT load × PUE",
  why: "a PUE that does not even cover the losses of the power chain is counted wrong, and so is every megawatt at the meter",
  formula: "load that arrives at the supplies through the stated efficiencies ≤ IT load × PUE",
  source: "definition of PUE: power at the meter over IT power; efficiencies of the blueprint (power.distribution)",
  inputs: "efficiency of each transformer and UPS, IT load, power.pue",
  pass: "the load with its losses is within IT × PUE",
  fail: "the losses alone take more than PUE allows",
  unproved: "an efficiency of a transformer or a UPS, a load or the PUE is unknown or not stated",
  fix: "enter the efficiency of each transformer and UPS at its load, with its source, or mend the PUE",
  manualCheck: "divide the IT load by the efficiencies from the rack up; hold it against the load at the meter",
  notApplicable: "no phase draws power, or the blueprint states no one-line",
  subjects: ({ plan }) => (plan.failures?.steps ?? []).flatMap((step) => subject(step, plan)),
};

/** Where losses are, and a blueprint that is silent about them has not said that there are none. */
const LOSSY = ["transformer", "ups"];

function subject({ quarter, arrives }: StepPlan, plan: Plan): readonly Subject[] {
  const row = plan.ledger.find((each) => each.quarter === quarter);
  if (row === undefined || row.phases.length === 0) return [];
  const silent = plan.distribution
    .filter(({ kind, efficiency }) => LOSSY.includes(kind) && efficiency === null)
    .map(({ at }) => `${at}.efficiency`);
  return [
    {
      id: quarter,
      at: "power.pue",
      state: furthestState(plan.phases.filter(({ id }) => row.phases.includes(id))),
      claim: "at-most",
      unit: "W",
      inputs: [
        ...needTotal(
          { known: arrives.known, missing: [...new Set([...arrives.missing, ...silent])] },
          { name: "IT load with stated losses", part: "part of the load or its losses", from: "power.distribution" },
        ),
        ...atMeter(row),
      ],
      message: (judged) =>
        `${row.phases.join(" + ")}: ${needAndHave({ need: "with its losses", have: "at the meter by PUE" }, inWatts)(judged)}`,
    },
  ];
}

const atMeter = ({ it, pue }: LedgerRow) => [
  ...limitTotal(it, { name: "IT load", part: "part of the IT load", from: "buildings" }),
  { ...limitTerm("1", { name: "PUE", value: pue.value, from: pue.at }), as: "factor" as const },
];
