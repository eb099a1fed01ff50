import type { Plan } from "../../../components/plan-types.ts";
import type { BridgingPlan } from "../../../components/power/power-types.ts";
import { inSeconds, needAndHave } from "../../message.ts";
import { inState } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** Stored energy lasts until the reserve carries the load. */
export const rideThrough: Rule = {
  id: "power/ride-through",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "start and transfer of the reserve ≤ ride-through of the stored energy at the load of that state",
  why: "a genset that starts after the batteries are empty starts for racks that are dark",
  formula: "start + transfer ≤ ride-through at rated load × rating ÷ load",
  source:
    "usable energy at end of life, never installed energy; in proportion to the load, which a battery at least holds",
  inputs: "power.distribution: rideThrough, rating, start, transfer, reserve; load of the element in the state",
  pass: "the stored energy lasts at least as long as the reserve takes",
  fail: "the reserve takes longer",
  unproved: "start, transfer, ride-through or rating is unknown or not stated",
  fix: "state start, transfer and ride-through with their source",
  manualCheck:
    "divide the usable energy of the UPS by its load in the state that millrace failures names; hold the start test against it",
  notApplicable: "no outage asks stored energy to bridge the start of a reserve",
  subjects: ({ plan }) => (plan.failures?.bridging ?? []).map((bridging) => subject(bridging, plan)),
};

function subject(bridging: BridgingPlan, plan: Plan): Subject {
  const { element, state, gap, ridesSeconds, ridesMissing, level, building, phase, at } = bridging;
  return {
    id: `${building}.${level}`,
    at: `${at}.rideThrough`,
    state: stateOf(plan, phase),
    claim: "at-most",
    unit: "s",
    inputs: [
      needTerm("s", { name: `start and transfer of the reserve${inState(state)}`, value: gap.seconds, from: at }),
      ...gap.missing.map((from) => needTerm("s", { name: from.split(".").at(-1) ?? from, value: null, from })),
      ...(ridesSeconds === null ? ridesMissing : [`${at}.rideThrough`]).map((from) =>
        limitTerm("s", { name: `ride-through of ${element} at its load`, value: floored(ridesSeconds), from }),
      ),
    ],
    message: (judged) =>
      `${element}${inState(state)}: ${needAndHave({ need: "until the reserve carries it", have: "stored" }, inSeconds)(judged)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${inSeconds(-Number(margin))} more stored energy at that load, or a faster start`
        : rideThrough.fix,
  };
}

/** A tenth of a second is as fine as a start test. */
const floored = (seconds: number | null): number | null => (seconds === null ? null : Math.floor(seconds * 10) / 10);
