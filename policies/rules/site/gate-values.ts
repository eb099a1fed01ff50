import type { Measure } from "../../../components/catalog/gate.ts";
import { COMPARISON_WORDS } from "../../../components/catalog/gate-page.ts";
import type { EvidenceItem, PhasePlan, StatedValue } from "../../../components/plan-types.ts";
import { baseUnitOf, type Dimension, print, type Quantities } from "../../../components/quantity.ts";
import type { Input } from "../../finding.ts";
import { type HeldAgainst, limitFor, room, systemsOf } from "../../gate-limit.ts";
import { neededGates } from "../../gates.ts";
import { type Context, limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";
import type { Judged } from "../../verdict.ts";

/** What the documents of the gates measured lies within the limits. */
export const gateValues: Rule = {
  id: "site/gate-values",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "every value that a gate asks for is stated by its document and lies within its limit",
  why: "a document that says passed has not said what was measured: 70 % of design load passes a test of 70 %",
  formula: "value ≥, ≤ or < limit; limit = the catalog's, by GPU or system where they differ, or a stricter agreed one",
  source: "commissioning levels L0 to L6, cluster acceptance tests and vendors' figures (catalog: gates, measures)",
  inputs: "phases[].evidence[].measured and .agreed, the catalog's gates, the systems of the phase",
  pass: "the value that the latest document states lies within the limit; of a range, within the nearer end",
  fail: "the value lies past the limit: need, have, short or over by",
  unproved: "the document states no such value, or neither the catalog nor the parties give a limit",
  fix: "mend what was measured and enter the repeated test, or set the phase back",
  manualCheck: "find the value in the document and hold it against what `millrace explain` says of the gate",
  notApplicable: "no phase has a document of a gate that measures",
  subjects: (context) =>
    neededGates(context).flatMap(({ phase, gate, counting }) =>
      counting === null ? [] : gate.measures.map((measure) => subject(phase, counting, measure, context)),
    ),
};

/** A value with the limit that it comes nearest to. */
interface Reading {
  readonly item: EvidenceItem;
  readonly measure: Measure;
  readonly measured: StatedValue | null;
  readonly held: HeldAgainst;
}

function subject(phase: PhasePlan, item: EvidenceItem, measure: Measure, context: Context): Subject {
  const measured = item.measured.find(({ of }) => of === measure.id) ?? null;
  const reading = { item, measure, measured, held: nearest(phase, item, measure, measured, context) };
  return {
    id: `phases.${phase.id}.${item.gate}.${measure.id}`,
    at: measured?.at ?? item.at,
    state: phase.state,
    claim: reading.held.comparison === "below" ? "below" : "at-most",
    unit: baseUnitOf(measure.dimension),
    inputs: [...inputsOf(reading), ...publishedInputs(reading, phase, context)],
    message: (judged) => `${phase.id}: ${tell(reading, judged)}`,
    fix: () => fixOf(reading),
  };
}

/** Of a range, the end that the value is nearest to: within it, it is within the other as well. */
function nearest(
  phase: PhasePlan,
  item: EvidenceItem,
  measure: Measure,
  measured: StatedValue | null,
  { catalog }: Context,
): HeldAgainst {
  const agreed = item.agreed.find(({ of }) => of === measure.id);
  const ends = measure.limits.map((limit) => limitFor(limit, phase, agreed, catalog));
  const value = measured?.value ?? null;
  const spare = ({ comparison, figure }: HeldAgainst): number =>
    value === null || figure === null ? 0 : room(comparison, value, figure.value);
  return ends.reduce((near, end) => (spare(end) < spare(near) ? end : near));
}

function inputsOf({ item, measure, measured, held: { comparison, figure, from } }: Reading): readonly Input[] {
  const unit = baseUnitOf(measure.dimension);
  const stated = {
    name: `${measure.id} as measured`,
    value: measured?.value ?? null,
    from: measured?.at ?? `${item.at}.measured.${measure.id}`,
  };
  const limit = {
    name: `${measure.id} ${COMPARISON_WORDS[comparison]}`,
    value: figure?.value ?? null,
    from: from === "agreed" ? `${item.at}.agreed.${measure.id}` : `catalog:gates/${item.gate}/${measure.id}`,
  };
  return comparison === "atLeast"
    ? [needTerm(unit, limit), limitTerm(unit, stated)]
    : [needTerm(unit, stated), limitTerm(unit, limit)];
}

/** What others measured on the same GPU or system, to compare with. */
const publishedInputs = ({ item, measure }: Reading, phase: PhasePlan, { catalog }: Context): readonly Input[] =>
  systemsOf(phase, catalog).flatMap(({ system, gpu }) => {
    const figure = measure.published.get(system) ?? measure.published.get(gpu);
    const from = `catalog:gates/${item.gate}/${measure.id}`;
    return figure === undefined
      ? []
      : [
          {
            name: `published for ${gpu}`,
            value: figure.value,
            unit: baseUnitOf(measure.dimension),
            from,
            side: "need",
            as: "context",
          },
        ];
  });

function tell({ item, measure, measured, held: { comparison, figure, mixed } }: Reading, { margin }: Judged): string {
  const need =
    figure === null
      ? mixed
        ? "has a limit for each system"
        : "has no limit yet"
      : `needs ${COMPARISON_WORDS[comparison]} ${figure.written}`;
  const have = measured === null ? "not stated" : `has ${measured.written}`;
  const past = comparison === "atLeast" ? "short" : "over";
  const by = typeof margin === "number" && margin < 0 ? `; ${past} by ${shown(measure.dimension, -margin)}` : "";
  return `${item.gate}, ${measure.what}: ${need}, ${have}${by} (${measure.id} in ${item.document} of ${item.date})`;
}

/** Six digits: the noise of a binary difference is no finding. */
const shown = (dimension: Dimension, value: number): string =>
  print(dimension, Number(value.toPrecision(6)) as Quantities[typeof dimension]);

function fixOf({ item, measure, measured, held: { figure, mixed } }: Reading): string {
  if (mixed) return "split the phase, one system each";
  if (figure === null) return `enter what the parties agreed on: agreed: { ${measure.id}: … }`;
  if (measured?.value === undefined || measured.value === null)
    return `enter what ${item.document} states: measured: { ${measure.id}: … }`;
  return gateValues.fix;
}
