import type { EvidenceItem, PhasePlan } from "../../../components/plan-types.ts";
import { documentsFor, neededGates } from "../../gates.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** The documents of a phase climb the ladder in its order. */
export const gateOrder: Rule = {
  id: "site/gate-order",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "no gate was passed before the gates that come before it",
  why: "a test on a system that was not yet accepted proves nothing of the system that was",
  formula: "date of the document ≥ date of the first document of each gate that comes before",
  source: "commissioning levels L0 to L6; cluster acceptance tests, in their order (catalog: gates, after)",
  inputs: "phases[].evidence[].date, the catalog's gates and what each comes after, the day of the check",
  pass: "the document is dated on or after the first one of each gate before it",
  fail: "the document is older than the first one of a gate before it",
  unproved: "never: a gate without a document is told by site/gates",
  fix: "repeat the test and enter its document, or mend the date that is wrong",
  manualCheck: "lay the documents out by date and read them along the ladder",
  notApplicable: "no phase has documents of two gates in a row",
  subjects: (context) =>
    neededGates(context).flatMap(({ phase, gate, counting }) => {
      const before = gate.after.flatMap((id) => firstBy(context.today, documentsFor(phase, id)));
      return counting === null || before.length === 0 ? [] : [subject(phase, counting, before)];
    }),
};

/** A document that is dated ahead is told by site/gates, and is no rung to stand on. */
const firstBy = (today: string, documents: readonly EvidenceItem[]): readonly EvidenceItem[] =>
  documents.filter(({ date }) => date <= today).slice(0, 1);

function subject(phase: PhasePlan, item: EvidenceItem, before: readonly EvidenceItem[]): Subject {
  const early = before.filter(({ date }) => item.date < date);
  return {
    id: `phases.${phase.id}.${item.gate}`,
    at: item.at,
    state: phase.state,
    claim: "all-of",
    unit: "",
    inputs: before.map((earlier) =>
      condition(`${item.gate} does not come before ${earlier.gate}`, item.date >= earlier.date, earlier.at),
    ),
    message: () =>
      early.length === 0
        ? `${phase.id}: ${item.gate} of ${item.date} after ${before.map(dated).join(", ")}`
        : `${phase.id}: ${item.document} for ${item.gate} is of ${item.date}, before ${early.map(documented).join(", ")}`,
  };
}

const dated = ({ gate, date }: EvidenceItem): string => `${gate} of ${date}`;
const documented = ({ gate, document, date }: EvidenceItem): string => `${document} for ${gate} of ${date}`;
