import type { Plan } from "../../../components/plan-types.ts";
import type { StartPlan } from "../../../components/power/power-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { inState } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { limitFactor, limitTerm, needTotal, type Rule, type Subject } from "../../rule.ts";

/** The load that a genset takes over at once is within the step it accepts. */
export const gensetStep: Rule = {
  id: "power/genset-step",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "load that a genset takes over in one step ≤ rating × largest accepted step",
  why: "a step above it pulls frequency and voltage down until the set trips or the UPS rejects it",
  formula: "load in the worst state ≤ rating × stepLoad",
  source: "load acceptance of the generating set (ISO 8528-5 classes); data sheet in the blueprint",
  inputs: "power.distribution: stepLoad and rating of the gensets; load in the worst state",
  pass: "the step is at most what the set accepts",
  fail: "the step is above it",
  unproved: "stepLoad or rating is unknown or not stated, or a load is unknown",
  fix: "enter stepLoad from the data sheet, or let the UPS walk in",
  manualCheck: "millrace failures <site>: the load of the gensets; hold it against the data sheet's load acceptance",
  notApplicable: "the site has no genset",
  subjects: ({ plan }) => (plan.failures?.starts ?? []).map((start) => subject(start, plan)),
};

function subject(
  { element, state, step, ratedWatts, accepts, level, building, phase, at }: StartPlan,
  plan: Plan,
): Subject {
  return {
    id: `${building}.${level}`,
    at,
    state: stateOf(plan, phase),
    claim: "at-most",
    unit: "W",
    inputs: [
      ...needTotal(step, {
        name: `load that ${element} takes over${inState(state)}`,
        part: "part of the load",
        from: at,
      }),
      limitTerm("W", { name: `rating of one ${level}`, value: ratedWatts, from: `${at}.rating` }),
      limitFactor({ name: "largest accepted step", value: accepts, from: `${at}.stepLoad` }),
    ],
    message: (judged) => `${element}${inState(state)}: ${needAndHave({ need: "in one step" }, inWatts)(judged)}`,
  };
}
