import type { CostPlan, Plan } from "../../../components/plan-types.ts";
import type { MicroUsd } from "../../../components/quantity.ts";
import { PHASE_STATES, type PhaseState } from "../../../components/site/phase-state.ts";
import { inUsd, needAndHave } from "../../message.ts";
import { limitTerm, needTerm, type Rule, type RuleText } from "../../rule.ts";

interface Ceiling {
  readonly subject: string;
  readonly what: string;
  readonly line: "capex" | "perHour";
  readonly budget: (cost: CostPlan) => { readonly value: MicroUsd | null; readonly at: string };
}

/** A cost of the plan against a ceiling of the blueprint, line by line: the shape of two rules. */
export function ceilingRule(text: RuleText, ceiling: Ceiling): Rule {
  return {
    ...text,
    subjects: ({ plan }) => {
      const budget = ceiling.budget(plan.cost);
      return [
        {
          id: ceiling.subject,
          at: budget.at,
          state: furthest(plan),
          claim: "at-most",
          unit: "µUSD",
          inputs: [
            ...plan.cost.lines.flatMap((line) => [
              needTerm("µUSD", { name: line.what, value: line[ceiling.line] ?? 0n, from: line.from[0] ?? "cost" }),
              ...(line[ceiling.line] === null
                ? line.missing.map((from) => needTerm("µUSD", { name: `part of ${line.what}`, value: null, from }))
                : []),
            ]),
            limitTerm("µUSD", { name: "budget", value: budget.value, from: budget.at }),
          ],
          message: (judged) => needAndHave(ceiling.what, inUsd)(judged),
        },
      ];
    },
  };
}

const furthest = (plan: Plan): PhaseState =>
  PHASE_STATES[Math.max(0, ...plan.phases.map(({ state }) => PHASE_STATES.indexOf(state)))] ?? "designed";
