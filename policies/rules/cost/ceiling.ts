import type { CostLine, CostPlan } from "../../../components/plan-types.ts";
import type { MicroUsd } from "../../../components/quantity.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import type { Input } from "../../finding.ts";
import { inUsd, needAndHave } from "../../message.ts";
import { limitTerm, needTerm, type Rule, type RuleText } from "../../rule.ts";

interface Ceiling {
  readonly subject: string;
  readonly what: string;
  readonly line: "capex" | "perHour";
  /** Null where there is nothing to keep to: a site that builds nothing has no capital budget. */
  readonly budget: (cost: CostPlan) => { readonly value: MicroUsd | null; readonly at: string } | null;
}

/** A cost of the plan against a ceiling of the blueprint, line by line: the shape of two rules. */
export function ceilingRule(text: RuleText, ceiling: Ceiling): Rule {
  return {
    ...text,
    subjects: ({ plan }) => {
      const budget = ceiling.budget(plan.cost);
      if (budget === null) return [];
      return [
        {
          id: ceiling.subject,
          at: budget.at,
          state: furthestState(plan.phases),
          claim: "at-most",
          unit: "µUSD",
          inputs: [
            ...plan.cost.lines.flatMap((line) => termsOf(line, line[ceiling.line])),
            limitTerm("µUSD", { name: "budget", value: budget.value, from: budget.at }),
          ],
          message: (judged) => needAndHave({ need: ceiling.what, have: "granted" }, inUsd)(judged),
        },
      ];
    },
  };
}

/** A line whose cost is not known waits for each figure that it lacks. */
function termsOf({ what, from, missing }: CostLine, value: MicroUsd | null): readonly Input[] {
  const [place = "cost"] = from;
  if (value !== null) return [needTerm("µUSD", { name: what, value, from: place })];
  const lacks = missing.length > 0 ? missing : [place];
  return lacks.map((each) => needTerm("µUSD", { name: what, value: null, from: each }));
}
