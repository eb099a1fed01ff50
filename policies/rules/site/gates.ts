import type { Gate } from "../../../components/catalog/catalog.ts";
import type { PhasePlan } from "../../../components/plan-types.ts";
import { hasReached } from "../../../components/site/phase-state.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

/** Each gate up to the state of a phase has its signed evidence. */
export const gates: Rule = {
  id: "site/gates",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "every gate that the state of a phase asks for has a signed document",
  why: "a phase comes online on evidence, not on a word in a file",
  formula: "for each gate with neededFrom ≤ state: a document, its date not in the future, who signed it",
  source: "commissioning levels L0 to L6 and cluster acceptance tests (catalog: gates)",
  inputs: "phases[].state, phases[].evidence, the catalog's gates, the day of the check",
  pass: "a document for the gate, signed on or before the day of the check",
  fail: "the document is dated in the future",
  unproved: "there is no document for the gate",
  fix: "add the evidence to the phase, or set the phase back to the state that its evidence supports",
  manualCheck: "read each document named in the evidence: its date, its signature and what it measured",
  notApplicable: "no phase has reached a state that asks for evidence",
  subjects: (context) =>
    context.plan.phases
      .filter(({ state }) => state !== "retired")
      .flatMap((phase) => neededGates(phase, context).map((gate) => subject(phase, gate, context))),
};

const neededGates = (phase: PhasePlan, { catalog, asState }: Context): readonly Gate[] =>
  catalog.gates.filter(({ neededFrom }) => hasReached(asState ?? phase.state, neededFrom));

function subject(phase: PhasePlan, gate: Gate, { today, asState }: Context): Subject {
  const documents = phase.evidence.filter((item) => item.gate === gate.id);
  const dated = documents.filter(({ date }) => date <= today);
  const valid = documents.length === 0 ? null : dated.length > 0;
  const [best] = dated.length > 0 ? dated : documents;
  return {
    id: `phases.${phase.id}.${gate.id}`,
    at: best?.at ?? `${phase.at}.evidence`,
    state: phase.state,
    claim: "all-of",
    unit: "",
    inputs: [condition(`${gate.id} of ${phase.id} is signed by ${today}`, valid, best?.at ?? `${phase.at}.evidence`)],
    message: () => {
      if (best === undefined)
        return `${phase.id} as ${asState ?? phase.state}: no evidence for ${gate.id}: ${gate.proves}`;
      return valid === true
        ? `${phase.id}: ${gate.id} by ${best.document} of ${best.date}, signed by ${best.signedBy}`
        : `${phase.id}: ${best.document} for ${gate.id} is dated ${best.date}, after ${today}`;
    },
  };
}
