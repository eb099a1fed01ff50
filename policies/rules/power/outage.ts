import type { PhasePlan, Plan } from "../../../components/plan-types.ts";
import type { FailurePlan, LossPlan } from "../../../components/power/power-types.ts";
import { inState, ofRacks } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** No outage takes power from racks whose feeds claim to stand in for one another. */
export const outage: Rule = {
  id: "power/outage",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "racks that lose power in any state of the one-line, beside those that hang on one cord by choice = 0",
  why: "two feeds that go out together are one feed: the redundancy that was paid for is not there",
  formula: "racks dark although what feeds them is redundant + racks dark until a reserve carries them ≤ 0",
  source: "definitions of the redundancy schemes (blueprint: power.distribution, power.asBuilt, power.outages)",
  inputs:
    "the one-line, each single outage, each outage during maintenance that is claimed to be carried, power.outages",
  pass: "every outage leaves every redundantly fed rack with power",
  fail: "an outage leaves racks without power, for good or until a reserve has started",
  unproved: "the time until a reserve carries the racks is not known",
  fix: "feed the two sides from different elements, or state one feed where one is meant",
  manualCheck: "millrace failures <site>: the outages that cost racks",
  notApplicable: "the blueprint states no one-line: power/feed asks for it where the site has racks",
  subjects: ({ plan }) => {
    if (plan.failures === null) return [];
    const lost = plan.failures.losses.flatMap((loss) => subject(loss, plan));
    return lost.length > 0 ? lost : plan.phases.map((phase) => carried(phase, plan.failures));
  },
};

/** No state costs a rack that is fed redundantly. */
function carried({ id, state, at }: PhasePlan, failures: FailurePlan | null): Subject {
  const { single = 0, maintenance = 0, stated = 0 } = failures?.states ?? {};
  const states = (single + maintenance + stated).toLocaleString("en-US");
  return {
    id,
    at: "power.distribution",
    state,
    claim: "at-most",
    unit: "racks",
    inputs: [
      needTerm("racks", { name: `racks without power in any of ${states} states`, value: 0, from: at }),
      limitTerm("racks", { name: "racks that may lose power", value: 0, from: "power.distribution" }),
    ],
    message: () => `${id}: each of ${states} outages leaves every redundantly fed rack with power`,
  };
}

/** Racks lost by choice are no subject; those that wait behind stored energy are told of where that is judged. */
function subject(loss: LossPlan, plan: Plan): readonly Subject[] {
  const { racks, interrupted, longest, behindStorage, state, level, building, phase, at } = loss;
  const waiting = behindStorage ? 0 : interrupted;
  if (racks + waiting === 0) return [];
  const known = racks > 0 || longest.seconds > 0;
  return [
    {
      id: state.cause === "single" ? `${building}.${level}` : `${building}.${level}.${state.cause}`,
      at,
      state: stateOf(plan, phase),
      claim: "at-most",
      unit: "racks",
      inputs: [
        needTerm("racks", {
          name: `racks without power${inState(state)}`,
          value: known ? racks + waiting : null,
          from: at,
        }),
        ...(known
          ? []
          : longest.missing.map((from) => needTerm("racks", { name: "time without power", value: null, from }))),
        limitTerm("racks", { name: "racks that may lose power", value: 0, from: at }),
      ],
      message: () => message(loss, waiting),
    },
  ];
}

function message({ racks, state, longest }: LossPlan, waiting: number): string {
  const lost = racks > 0 ? `${ofRacks(racks)} without power${inState(state)}: their feeds go out together` : "";
  const waits =
    waiting > 0
      ? `${ofRacks(waiting)} without power${inState(state)} for ${longest.missing.length > 0 ? "at least " : ""}${longest.seconds} s until the reserve carries them`
      : "";
  return [lost, waits].filter((part) => part !== "").join("; ");
}
