import { inWatts, needAndHave } from "../../message.ts";
import { needTerm, type Rule } from "../../rule.ts";
import { hasRacks, plannedPower } from "./planned-power.ts";

/** The power budget of a pool is no more than what its racks were planned to draw. */
export const budget: Rule = {
  id: "power/budget",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "power budget of a pool ≤ planned IT power of its racks",
  why: "the queue admits workloads up to the budget: above the planned power, feeds and supply no longer hold",
  formula: "powerBudget ≤ racks × rack TDP",
  source: "catalog: TDP of the system; blueprint: pools",
  inputs: "pools[].powerBudget, racks of the phase, TDP of the system",
  pass: "the budget is at most the planned power",
  fail: "the budget is above it",
  unproved: "the TDP of the system is unknown",
  fix: "lower powerBudget to racks × TDP, or choose a system whose TDP is published",
  manualCheck: "multiply the racks of the phase by the TDP in millrace plan, and compare",
  notApplicable: "no pool has racks: the power of rented instances is the landlord's to budget",
  subjects: ({ plan }) =>
    plan.pools.filter(hasRacks).map((pool) => ({
      id: `pools.${pool.id}`,
      at: `${pool.at}.powerBudget`,
      state: pool.state,
      claim: "at-most",
      unit: "W",
      inputs: [
        needTerm("W", { name: "power budget", value: pool.powerBudget, from: `${pool.at}.powerBudget` }),
        plannedPower(pool),
      ],
      message: (judged) => `pool ${pool.id}: budget ${needAndHave({ have: "planned" }, inWatts)(judged)}`,
    })),
};
