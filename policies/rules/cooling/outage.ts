import type { CoolingLossPlan, CoolingPlan } from "../../../components/cooling/cooling-types.ts";
import type { Plan } from "../../../components/plan-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { inState, ofRacks } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { condition, limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** No outage, of the cooling or of the power that it hangs on, leaves racks with power and without cooling. */
export const outage: Rule = {
  id: "cooling/outage",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "racks with power and without cooling in any state, beside those where all of N is needed by choice = 0",
  why: "a chiller stands still with the bus that feeds it: redundant cooling on one feed is one machine",
  formula: "racks whose liquid, or the air of whose pod, nothing takes in the worst state ≤ 0",
  source:
    "definitions of the redundancy schemes; the one-line of the cooling and of its power (blueprint: cooling, power)",
  inputs:
    "cooling.levels: count, scheme, to, fedBy, lineups; each single outage of the cooling, each outage of power.distribution",
  pass: "every outage leaves something that takes the heat of every rack with power",
  fail: "an outage takes all of the elements that stand in for one another",
  unproved: "the blueprint does not say what feeds a level of the cooling",
  fix: "feed elements that stand in for one another from different elements of the distribution",
  manualCheck: "millrace plan <site> --format json: cooling.losses; follow the feeds of each named element upwards",
  notApplicable: "the blueprint states no cooling: cooling/capacity asks for it",
  subjects: ({ plan }) => {
    if (plan.cooling === null) return [];
    const lost = plan.cooling.losses.filter(({ racks }) => racks > 0);
    return [
      ...lost.map((loss) => subject(loss, plan)),
      ...unfed(plan.cooling, plan),
      ...(lost.length > 0 ? [] : [carried(plan.cooling, plan)]),
    ];
  },
};

function subject(loss: CoolingLossPlan, plan: Plan): Subject {
  const { racks, state, level, building, phase, at } = loss;
  return {
    id: state.cause === "single" ? `${building}.${level}` : `${building}.${level}.${state.cause}`,
    at,
    state: stateOf(plan, phase),
    claim: "at-most",
    unit: "racks",
    inputs: [
      needTerm("racks", { name: `racks without cooling${inState(state)}`, value: racks, from: at }),
      limitTerm("racks", { name: "racks that may lose cooling", value: 0, from: at }),
    ],
    message: () => `${ofRacks(racks)} without cooling${inState(state)}: ${goneWith(loss)}`,
  };
}

/** "all 4 of chiller go with it": the levels of which nothing is left, else all that is out. */
function goneWith({ elements }: CoolingLossPlan): string {
  const gone = elements.filter(({ out, of }) => out === of);
  const told = gone.length > 0 ? gone : elements;
  return `${told.map(({ level, out, of }) => `${out === of ? "all" : `${out} of`} ${of} of ${level}`).join(", ")} go with it`;
}

/** Without its feed, a level of the cooling is failed alone only. */
function unfed({ levels }: CoolingPlan, plan: Plan): readonly Subject[] {
  const asBuilt = plan.distribution.length > 0 && plan.distribution.every(({ set }) => set === null);
  const silent = levels.filter(({ fedBy }) => fedBy === null || asBuilt);
  const ids = [...new Set(silent.map(({ id }) => id))];
  return ids.map((id) => {
    const at = silent.find((level) => level.id === id)?.at ?? "cooling.levels";
    const from = asBuilt ? "power.asBuilt" : `${at}.fedBy`;
    return {
      id: `cooling.${id}.feed`,
      at: from,
      state: furthestState(plan.phases),
      claim: "all-of",
      unit: "",
      inputs: [condition(`the blueprint says what feeds ${id}`, null, from)],
      message: () => `${id}: the blueprint does not say what feeds it, so that it is failed alone only`,
      fix: () => "name the level of power.distribution in fedBy",
    };
  });
}

function carried({ states }: CoolingPlan, plan: Plan): Subject {
  const count = (states.cooling + states.electrical).toLocaleString("en-US");
  return {
    id: "cooling",
    at: "cooling.levels",
    state: furthestState(plan.phases),
    claim: "at-most",
    unit: "racks",
    inputs: [
      needTerm("racks", { name: `racks without cooling in any of ${count} states`, value: 0, from: "cooling.levels" }),
      limitTerm("racks", { name: "racks that may lose cooling", value: 0, from: "cooling.levels" }),
    ],
    message: () => `each of ${count} outages leaves something that takes the heat of every rack with power`,
  };
}
