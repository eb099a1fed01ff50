import type { StatedFact } from "../../../components/plan-types.ts";
import { hasReached } from "../../../components/site/phase-state.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

/** Every figure has a source; from acceptance on, none is assumed or unknown. */
export const sourced: Rule = {
  id: "site/sourced",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "every stated figure is known and has its source; once a phase is accepted, none is assumed",
  why: "a verdict is worth what the figures under it are worth",
  formula: "value known ∧ (source given ∨ assumed before acceptance)",
  source: "blueprint: figures with room for { value, source, assumed }",
  inputs: "every figure of the blueprint that has room for a source, the state of the phases that rest on it",
  pass: "the figure is known and sourced, or assumed before acceptance",
  fail: "never: what lacks a source is unproved",
  unproved: "the figure is unknown, has no source, or is still assumed on an accepted phase",
  fix: "write { value: …, source: … } with the document that states it",
  manualCheck: "open the named source and compare the figure",
  notApplicable: "the blueprint states no figure of others",
  subjects: (context) => context.plan.facts.map((fact) => subject(fact, context)),
};

function subject(fact: StatedFact, { asState }: Context): Subject {
  const accepted = hasReached(asState ?? fact.state, "accepted");
  const lack = lackOf(fact, accepted);
  return {
    id: `facts.${fact.at}`,
    at: fact.at,
    state: fact.state,
    claim: "all-of",
    unit: "",
    inputs: [condition(`${fact.at} is established`, lack === null ? true : null, fact.at)],
    message: () =>
      `${fact.at} ${lack ?? (fact.assumed ? "is assumed, which its phase still allows" : "has its source")}`,
  };
}

function lackOf({ known, source, assumed }: StatedFact, accepted: boolean): string | null {
  if (!known) return "is unknown";
  if (assumed) return accepted ? "is assumed on a phase that is accepted or online" : null;
  return source === null ? "has no source" : null;
}
