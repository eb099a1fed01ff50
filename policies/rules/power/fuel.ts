import type { Plan } from "../../../components/plan-types.ts";
import type { StartPlan } from "../../../components/power/power-types.ts";
import { inHours, needAndHave } from "../../message.ts";
import { stateOf } from "../../phase-of.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** The fuel on site lasts as long as it has to. */
export const fuel: Rule = {
  id: "power/fuel",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "energized",
  claim: "autonomy asked for ≤ time at rated load that the fuel on site lasts",
  why: "gensets that stop before the utility is back, or the tanker is there, only put off the outage",
  formula: "power.autonomy ≤ fuel at rated load",
  source:
    "tank schedule and autonomy of the blueprint (power.autonomy, power.distribution[].fuel); 24 to 48 h are usual",
  inputs: "power.autonomy, fuel of the gensets",
  pass: "the fuel lasts at least as long",
  fail: "the fuel is used up before",
  unproved: "the autonomy or the fuel is unknown or not stated",
  fix: "state power.autonomy, and fuel of the gensets with its source",
  manualCheck: "usable tank volume over consumption at rated load",
  notApplicable: "the site has no genset",
  subjects: ({ plan }) => (plan.failures?.starts ?? []).map((start) => subject(start, plan)),
};

const subject = ({ level, building, phase, fuelSeconds, autonomySeconds, at }: StartPlan, plan: Plan): Subject => ({
  id: `${building}.${level}`,
  at: `${at}.fuel`,
  state: stateOf(plan, phase),
  claim: "at-most",
  unit: "s",
  inputs: [
    needTerm("s", { name: "autonomy", value: autonomySeconds, from: "power.autonomy" }),
    limitTerm("s", { name: `fuel of ${level} at rated load`, value: fuelSeconds, from: `${at}.fuel` }),
  ],
  message: (judged) => `${level} in ${building}: ${needAndHave({ have: "of fuel at rated load" }, inHours)(judged)}`,
});
