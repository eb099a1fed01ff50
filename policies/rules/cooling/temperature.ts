import type { TemperatureCheck } from "../../../components/cooling/cooling-types.ts";
import type { Plan } from "../../../components/plan-types.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import { inCelsius, inKelvin } from "../../message.ts";
import { limitTerm, needTerm, type Rule, type RuleText, type Subject } from "../../rule.ts";

/** Temperatures against a limit, of some kinds of check: the shape of two rules. */
export function temperatureRule(text: RuleText, kinds: readonly TemperatureCheck["kind"][]): Rule {
  return {
    ...text,
    subjects: ({ plan }) =>
      (plan.cooling?.temperatures ?? []).filter(({ kind }) => kinds.includes(kind)).map((each) => subject(each, plan)),
  };
}

/** Terms after the first are differences: they add up to a temperature. */
const subject = (check: TemperatureCheck, plan: Plan): Subject => ({
  id: `cooling.${check.subject}`,
  at: check.at,
  state: furthestState(plan.phases),
  claim: "at-most",
  unit: "°C",
  inputs: [...check.need.map((term, index) => needTerm(index === 0 ? "°C" : "K", term)), limitTerm("°C", check.limit)],
  message: ({ computed, limit, margin }) => {
    const need = check.need.map(({ name }) => name).join(" + ");
    const known = computed?.missing.length === 0 ? ` ${inCelsius(computed.known)}` : "";
    const most = limit === null ? "" : ` ${inCelsius(limit)}`;
    const over = margin !== null && margin < 0 ? `; ${inKelvin(-Number(margin))} too warm` : "";
    return `${check.subject}: ${need}${known}, ${check.limit.name}${most}${over}`;
  },
});
