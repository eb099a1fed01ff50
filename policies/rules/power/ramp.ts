import type { Plan } from "../../../components/plan-types.ts";
import type { LedgerRow } from "../../../components/power/power-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { needAndHave, type Show } from "../../message.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";
import { distinct } from "./supply.ts";

/** The site's load changes no faster than its supplies follow. */
export const ramp: Rule = {
  id: "power/ramp",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "fastest change of the site's load ≤ Σ ramp of its supplies, in every quarter",
  why: "a job that starts or stops moves tens of megawatts in a second: beyond the interconnection's limit the utility disconnects, and turbines trip",
  formula: "power.ramp ≤ Σ ramp of the services and plants of the quarter",
  source:
    "interconnection agreement and plant data of the blueprint; power smoothing of the racks lowers the ramp of the load",
  inputs: "power.ramp, ramp of each service and plant in the quarter",
  pass: "the ramp of the load is at most that of the supplies",
  fail: "the load changes faster",
  unproved: "the ramp of the load or of a supply is unknown or not stated",
  fix: "state power.ramp as measured with power smoothing on, and the ramp of each supply, with their sources",
  manualCheck:
    "record the load at the meter at 10 Hz while the largest job starts and stops; hold MW/s against the agreement",
  notApplicable: "no phase draws power in any quarter",
  subjects: ({ plan }) =>
    distinct(plan.ledger.filter(({ phases }) => phases.length > 0)).map((row) => subject(row, plan)),
};

const inWattsPerSecond: Show = (value) =>
  `${(Number(value) / 1e6).toLocaleString("en-US", { maximumFractionDigits: 3 })} MW/s`;

const subject = (row: LedgerRow, plan: Plan): Subject => ({
  id: row.quarter,
  at: "power.ramp",
  state: furthestState(plan.phases.filter(({ id }) => row.phases.includes(id))),
  claim: "at-most",
  unit: "W/s",
  inputs: [
    needTerm("W/s", { name: "ramp of the load", value: row.ramp, from: "power.ramp" }),
    ...(row.supplies.length === 0
      ? [limitTerm("W/s", { name: "any supply", value: null, from: "power.services" })]
      : []),
    ...row.supplies.map(({ id, ramp: value, at }) =>
      limitTerm("W/s", { name: `ramp of ${id}`, value, from: `${at}.ramp` }),
    ),
  ],
  message: (judged) =>
    `${row.phases.join(" + ")}: ${needAndHave({ have: "by the supplies" }, inWattsPerSecond)(judged)}`,
});
