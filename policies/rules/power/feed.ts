import type { LevelPlan, PhasePlan, Plan } from "../../../components/plan-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { condition, limitFactor, limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** What each set of feeds carries stays within what its scheme leaves up, after derating. */
export const feed: Rule = {
  id: "power/feed",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "load on a set of feeds ≤ surviving elements × rating × derating",
  why: "when one feed is lost, those that are left must carry the rack without tripping",
  formula: "load of the set ≤ surviving elements × rating × derating",
  source:
    "NEC 210.20(A), 215.3: continuous load at most 80 % of a breaker that is not 100 % rated; definitions of the redundancy schemes",
  inputs: "rack TDP of the catalog, power.distribution: count, rating, derating, scheme",
  pass: "the load is at most what stays up, derated",
  fail: "the load that is known is above it",
  unproved:
    "the rating of a feed or the TDP of the rack is unknown, or the blueprint does not say what feeds the rack and its row",
  fix: "enter the rating of the feed, with its source, or choose a system whose TDP is published",
  manualCheck:
    "count the elements that stay up at the scheme's loss, times rating, times derating; hold the rack's TDP against it",
  notApplicable: "the site has no building in any phase",
  subjects: ({ plan }) => [
    ...plan.distribution.map((level) => subject(level, plan)),
    ...plan.phases.flatMap((phase) => unstated(phase, plan)),
  ],
};

function subject(level: LevelPlan, plan: Plan): Subject {
  const { load, at, surviving, count, ratedWatts, derating, id, building, per } = level;
  return {
    id: `${building}.${id}`,
    at,
    state: plan.phases.find((phase) => phase.id === level.phase)?.state ?? null,
    claim: "at-most",
    unit: "W",
    inputs: [
      needTerm("W", { name: `load on the ${id} set of a ${per}`, value: load.known, from: at }),
      ...load.missing.map((from) => needTerm("W", { name: "part of the load", value: null, from })),
      limitTerm("W", { name: `rating of one ${id}`, value: ratedWatts, from: `${at}.rating` }),
      limitFactor({ name: `${surviving} of ${count} left`, value: surviving, from: `${at}.scheme` }),
      limitFactor({ name: "derating", value: derating, from: `${at}.derating` }),
    ],
    message: (judged) =>
      `${id} of each ${per} in ${building}: ${needAndHave({ have: `with ${surviving} of ${count} left` }, inWatts)(judged)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${inWatts(-Number(margin))} more on each set: more elements, a larger rating, or fewer racks on it`
        : feed.fix,
  };
}

/** The chain from the row down must be stated: a level that feeds each rack, and one above it. */
function unstated(phase: PhasePlan, plan: Plan): readonly Subject[] {
  const links = [
    { what: "the rack", stated: plan.distribution.some(({ per }) => per === "rack") },
    { what: "what feeds the rack", stated: plan.distribution.some(({ per }) => per !== "rack") },
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
