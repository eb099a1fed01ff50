import type { Plan } from "../../../components/plan-types.ts";
import type { LedgerRow, SupplyPlan } from "../../../components/power/power-types.ts";
import type { Watts } from "../../../components/quantity.ts";
import { furthestState } from "../../../components/site/phase-state.ts";
import type { Input } from "../../finding.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { type Context, limitTerm, needTotal, type Rule, type RuleText, type Subject } from "../../rule.ts";

/** A figure of a supply with the blueprint path where it stands. */
interface Figure {
  readonly value: Watts | null;
  readonly from: string;
}

/** Load at the meter against one figure of the supplies, quarter by quarter: the shape of two rules. */
export function supplyRule(text: RuleText, what: string, figure: (supply: SupplyPlan) => Figure): Rule {
  const subject = (row: LedgerRow, plan: Plan): Subject => ({
    id: row.quarter,
    at: row.supplies[0]?.at ?? "power",
    state: furthestState(plan.phases.filter(({ id }) => row.phases.includes(id))),
    claim: "at-most",
    unit: "W",
    inputs: [...loadInputs(row, plan), ...supplyInputs(row, figure)],
    message: (judged) => `${row.phases.join(" + ")}: ${needAndHave({ need: what }, inWatts)(judged)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${racksFor(-Number(margin), row, plan)} racks fewer, or ${inWatts(-Number(margin))} more ${what.split(" ")[0]} supply`
        : text.fix,
  });
  return {
    ...text,
    subjects: ({ plan }: Context) =>
      distinct(plan.ledger.filter(({ phases }) => phases.length > 0)).map((row) => subject(row, plan)),
  };
}

/** What supplies the quarter; a blueprint that states nothing for it has not said that there is nothing. */
const supplyInputs = ({ supplies }: LedgerRow, figure: (supply: SupplyPlan) => Figure): readonly Input[] =>
  supplies.length === 0
    ? [limitTerm("W", { name: "any supply", value: null, from: "power.services" })]
    : supplies.map((supply) => limitTerm("W", { name: supply.id, ...figure(supply) }));

/** Quarters with the same load and the same supplies say the same: the first of a run stands for it. */
export function distinct(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const key = (row: LedgerRow | undefined) => row && `${row.phases.join()} ${row.supplies.map(({ id }) => id).join()}`;
  return rows.filter((row, index) => key(row) !== key(rows[index - 1]));
}

function loadInputs(row: LedgerRow, plan: Plan): readonly Input[] {
  const phases = plan.phases.filter(({ id }) => row.phases.includes(id));
  const loads = phases.flatMap(({ id, it, at }) =>
    needTotal(it, { name: `IT load of ${id}`, part: `part of the IT load of ${id}`, from: `${at}.buildings` }),
  );
  return [
    ...loads,
    { name: "PUE", value: row.pue.value, unit: "1", from: row.pue.at, side: "need", as: "factor", atLeast: 1 },
  ];
}

/** Racks whose load at the meter covers a shortfall. */
function racksFor(shortWatts: number, row: LedgerRow, plan: Plan): number {
  const each =
    plan.phases.filter(({ id }) => row.phases.includes(id)).reduce((sum, { it }) => sum + it.known, 0) /
    Math.max(1, row.racks);
  return Math.ceil(shortWatts / Math.max(1, each * (row.pue.value ?? 1)));
}
