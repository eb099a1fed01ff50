import type { PhasePlan } from "../../../components/plan-types.ts";
import { type NeededGate, neededGates } from "../../gates.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

/** Each gate up to the state of a phase has its signed document. */
export const gates: Rule = {
  id: "site/gates",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "every gate that the state of a phase asks for has a signed document of its own",
  why: "a phase comes online on evidence, not on a word in a file",
  formula: "for each gate with neededFrom ≤ state: a document dated ≤ day of the check ∧ of no other phase",
  source: "commissioning levels L0 to L6 and cluster acceptance tests (catalog: gates)",
  inputs: "phases[].state, phases[].evidence, the catalog's gates, the day of the check",
  pass: "a document for the gate, signed on or before the day of the check, that no earlier phase rests on",
  fail: "the document is dated after the day of the check, or it is the evidence of an earlier phase",
  unproved: "there is no document for the gate",
  fix: "add the evidence to the phase, or set the phase back to the state that its evidence supports",
  manualCheck: "read each document named in the evidence: its date, its signature and the racks that it speaks of",
  notApplicable: "no phase has reached a state that asks for evidence",
  subjects: (context) => neededGates(context).map((needed) => subject(needed, context)),
};

function subject({ phase, gate, documents, counting }: NeededGate, { plan, today, asState }: Context): Subject {
  const shown = counting ?? documents[0];
  const at = shown?.at ?? `${phase.at}.evidence`;
  const owner = shown === undefined || gate.shared ? null : earlierOwner(shown.document, gate.id, phase, plan.phases);
  const signed = shown === undefined ? null : counting !== null;
  const own = shown === undefined ? null : owner === null;
  return {
    id: `phases.${phase.id}.${gate.id}`,
    at,
    state: phase.state,
    claim: "all-of",
    unit: "",
    inputs: [
      condition(`${gate.id} of ${phase.id} is signed by ${today}`, signed, at),
      condition(`its document is of ${phase.id}`, own, at),
    ],
    message: () => {
      if (shown === undefined)
        return `${phase.id} as ${asState ?? phase.state}: no evidence for ${gate.id}: ${gate.proves}`;
      const of = `${phase.id}: ${shown.document} for ${gate.id}`;
      if (counting === null) return `${of} is dated ${shown.date}, after ${today}`;
      if (owner !== null) return `${of} is evidence of ${owner}`;
      return `${phase.id}: ${gate.id} by ${shown.document} of ${shown.date}, signed by ${shown.signedBy}`;
    },
  };
}

/** The phase before this one that rests on the same document for the same gate: what was tested there was not tested here. */
function earlierOwner(document: string, gate: string, phase: PhasePlan, phases: readonly PhasePlan[]): string | null {
  const earlier = phases.slice(0, phases.indexOf(phase));
  const owner = earlier.find(({ evidence }) =>
    evidence.some((item) => item.document === document && item.gate === gate),
  );
  return owner?.id ?? null;
}
