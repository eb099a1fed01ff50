import type { Plan } from "../../../components/plan-types.ts";
import type { LevelPlan } from "../../../components/power/power-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { inState } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** Every element holds while all racks draw their EDP peak at once, in its worst state. */
export const peak: Rule = {
  id: "power/peak",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "load on every element at the EDP peak of every rack, in every state of the one-line ≤ rating",
  why: "racks of one training job draw their peak at the same time: a feed that holds at TDP trips on it",
  formula: "load of the element in its worst state with every rack at its EDP peak ≤ rating",
  source:
    "EDP peak of the system by EDP factor (catalog); short excursions are held against the rating without the derating for continuous load",
  inputs: "power.edpFactor, EDP peak of the system, power.distribution or power.asBuilt",
  pass: "the load at the peak is at most the rating",
  fail: "in one state the load at the peak is above it",
  unproved: "power.edpFactor is not stated, or the catalog has no peak of the system at that factor",
  fix: "state power.edpFactor as the racks are set, lower it, or enlarge the element",
  manualCheck:
    "racks × EDP peak at the factor, plus the IT beside them, over the elements that are left; hold it against the rating",
  notApplicable: "the blueprint states no one-line: power/feed asks for it",
  subjects: ({ plan }) => plan.distribution.filter(holdsAtTdp).map((level) => subject(level, plan)),
};

/** What does not hold at TDP is told by power/feed. */
const holdsAtTdp = ({ worst, usable }: LevelPlan): boolean => usable === null || worst.load.known <= usable;

function subject({ peak: most, at, ratedWatts, id, building, phase }: LevelPlan, plan: Plan): Subject {
  return {
    id: `${building}.${id}`,
    at,
    state: stateOf(plan, phase),
    claim: "at-most",
    unit: "W",
    inputs: [
      needTerm("W", { name: `peak on ${most.element}${inState(most.state)}`, value: most.load.known, from: at }),
      ...most.load.missing.map((from) => needTerm("W", { name: nameOf(from), value: null, from })),
      limitTerm("W", { name: `rating of one ${id}`, value: ratedWatts, from: `${at}.rating` }),
    ],
    message: (judged) => `${most.element}${inState(most.state)}, at EDP peak: ${needAndHave({}, inWatts)(judged)}`,
  };
}

const nameOf = (from: string): string => (/edpFactor|edpPeaks/.test(from) ? "EDP peak" : "part of the load");
