import type { LevelPlan, Plan } from "../../../components/plan-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { limitFactor, limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

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
  unproved: "the rating of the feed or the TDP of the rack is unknown",
  fix: "enter the rating of the feed, with its source, or choose a system whose TDP is published",
  manualCheck:
    "count the elements that stay up at the scheme's loss, times rating, times derating; hold the rack's TDP against it",
  notApplicable: "the blueprint states no distribution level",
  subjects: ({ plan }) => plan.distribution.map((level) => subject(level, plan)),
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
