import type { Plan } from "../../../components/plan-types.ts";
import type { LevelPlan } from "../../../components/power/power-types.ts";
import { inputsMessage } from "../../message.ts";
import { stateOf } from "../../phase-of.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** What feeds a level gives the voltage that the level takes. */
export const voltage: Rule = {
  id: "power/voltage",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "voltage given by what feeds a level = voltage that the level takes",
  why: "gear of another voltage class cannot be energized, and is found out when it is on site",
  formula: "voltage of the feed = primary of a transformer, voltage of everything else",
  source: "one-line of the site (blueprint: power.services, power.distribution, power.asBuilt)",
  inputs: "voltage of each service, primary and voltage of each level",
  pass: "the two are the same",
  fail: "the two differ",
  unproved: "one of the two is unknown or not stated",
  fix: "enter the voltage of both sides, with its source",
  manualCheck: "follow the one-line from the service down, and hold each voltage against the next",
  notApplicable: "the blueprint states no one-line: power/feed asks for it where the site has racks",
  subjects: ({ plan }) =>
    plan.distribution.filter(({ voltages }) => voltages.length > 0).map((level) => subject(level, plan)),
};

function subject({ id, building, phase, voltages, at }: LevelPlan, plan: Plan): Subject {
  const inputs = voltages.map(({ by, given, givenAt, taken, takenAt }) =>
    condition(
      `${by} (${inVolts(given)}) and ${id} (${inVolts(taken)}) meet`,
      given === null || taken === null ? null : given === taken,
      taken === null ? takenAt : givenAt,
    ),
  );
  return {
    id: `${building}.${id}`,
    at,
    state: stateOf(plan, phase),
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `${id} in ${building}: ${inputsMessage("fed at its own voltage", inputs)}`,
  };
}

const inVolts = (volts: number | null): string => (volts === null ? "unknown" : `${volts} V`);
