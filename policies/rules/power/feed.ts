import type { PhasePlan, Plan } from "../../../components/plan-types.ts";
import type { LevelPlan } from "../../../components/power/power-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { inState } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { condition, limitFactor, limitTerm, needTotal, type Rule, type Subject } from "../../rule.ts";

/** What each element of the one-line carries in its worst state stays within its rating, after derating. */
export const feed: Rule = {
  id: "power/feed",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "load on every element, in every state of the one-line ≤ rating × derating",
  why: "when one element is lost, those that are left must carry the racks without tripping",
  formula: "load of the element in its worst state ≤ rating × derating",
  source:
    "NEC 210.20(A), 215.3: continuous load at most 80 % of a breaker that is not 100 % rated; definitions of the redundancy schemes",
  inputs:
    "rack TDP of the catalog, otherIt of the building, power.distribution: count, rating, derating, scheme, fedBy, reserve; or power.asBuilt",
  pass: "with nothing out, and with each single and each stated outage, the load is at most the rating, derated",
  fail: "in one state the load that is known is above it",
  unproved:
    "the rating of an element, an efficiency or the TDP of the rack is unknown, or the blueprint does not say what feeds the rack and its row",
  fix: "enter the rating of the element, with its source, or choose a system whose TDP is published",
  manualCheck: "millrace failures <site>: the worst load of each level, the state it happens in, and the margin",
  notApplicable: "the site has no building in any phase; what feeds rented instances is the landlord's",
  subjects: ({ plan }) => [
    ...plan.distribution.map((level) => subject(level, plan)),
    ...plan.phases.filter(({ buildings }) => buildings.length > 0).flatMap((phase) => unstated(phase, plan)),
  ],
};

function subject(level: LevelPlan, plan: Plan): Subject {
  const { worst, at, ratedWatts, derating, id, building } = level;
  return {
    id: `${building}.${id}`,
    at,
    state: stateOf(plan, level.phase),
    claim: "at-most",
    unit: "W",
    inputs: [
      ...needTotal(worst.load, {
        name: `load on ${worst.element}${inState(worst.state)}`,
        part: "part of the load",
        from: at,
      }),
      limitTerm("W", { name: `rating of one ${id}`, value: ratedWatts, from: `${at}.rating` }),
      limitFactor({ name: "derating", value: derating, from: `${at}.derating` }),
    ],
    message: (judged) => `${worst.element}${inState(worst.state)}: ${needAndHave({}, inWatts)(judged)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${inWatts(-Number(margin))} more on each ${id}: more elements, a larger rating, ${unbalanced(level) ? "balanced pairs, " : ""}or fewer racks on it`
        : feed.fix,
  };
}

const unbalanced = ({ pairs }: LevelPlan): boolean => pairs !== null && pairs.heaviest.watts > pairs.lightest.watts;

/** The chain from the row down must be stated where no as-built list holds it: a level that feeds each rack, and one above it. */
function unstated(phase: PhasePlan, plan: Plan): readonly Subject[] {
  if (plan.distribution.some(({ set }) => set === null)) return [];
  const links = [
    { what: "the rack", stated: plan.distribution.some((level) => feedsRack(level)) },
    { what: "what feeds the rack", stated: plan.distribution.some((level) => !feedsRack(level)) },
  ];
  return links
    .filter(({ stated }) => !stated)
    .map(({ what }) => ({
      id: `${phase.id}.${what.replaceAll(" ", "-")}`,
      at: "power.distribution",
      state: phase.state,
      claim: "all-of",
      unit: "",
      inputs: [condition(`a level feeds ${what}`, null, "power.distribution")],
      message: () =>
        `${phase.id}: the blueprint does not say what feeds ${what.replace("what feeds the rack", "the feeds of the rack")}`,
    }));
}

const feedsRack = ({ set }: LevelPlan): boolean => set?.per === "rack";
