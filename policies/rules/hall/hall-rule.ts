import type { HallPlan } from "../../../components/cooling/cooling-types.ts";
import { stateOf } from "../../phase-of.ts";
import type { Rule, RuleText, Subject } from "../../rule.ts";

/** What a rule says of one hall, without the phase it belongs to. */
export type HallSubject = Omit<Subject, "state">;

/** A rule on the halls of each building whose geometry is stated; `layout` speaks of those where it is not. */
export function hallRule(text: RuleText, of: (hall: HallPlan) => readonly HallSubject[]): Rule {
  return {
    ...text,
    subjects: ({ plan }) =>
      plan.halls.flatMap((hall) => of(hall).map((each) => ({ ...each, state: stateOf(plan, hall.phase) }))),
  };
}
