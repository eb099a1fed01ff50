import type { Catalog } from "../components/catalog/catalog.ts";
import type { Plan } from "../components/plan-types.ts";
import { hasReached, type PhaseState } from "../components/site/phase-state.ts";
import type { Waiver } from "../components/site/schema.ts";
import type { Total } from "../components/total.ts";
import type { Amount, Enforcement, Evidence, Finding, Input } from "./finding.ts";
import type { RegisteredObject, RegisteredResource } from "./registered.ts";
import { type Judged, judge } from "./verdict.ts";

/** What the rules look at. Pure: the date is an argument, the registered objects are data. */
export interface Context {
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly waivers: readonly Waiver[];
  /** Kubernetes objects that the program registers: the plan's own in `check`, what the engine saw in the pack. */
  readonly registered: readonly RegisteredObject[];
  /** Resources of a cloud, in the same way. */
  readonly resources: readonly RegisteredResource[];
  /** Day of the check, "2026-11-24". */
  readonly today: string;
  /** Judge every phase as if it had reached this state; null takes each phase's own. */
  readonly asState: PhaseState | null;
}

/** What a rule is, in words: doc page, `explain`, SARIF rule and policy description come from this one object. */
export interface RuleText {
  /** "domain/name": public, never renamed. */
  readonly id: string;
  readonly enforcement: Enforcement;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** State of the phase from which the rule is mandatory; before it, advisory. Null: always as `enforcement` says. */
  readonly mandatoryFrom: PhaseState | null;
  readonly claim: string;
  readonly why: string;
  readonly formula: string;
  readonly source: string;
  /** What the rule reads. */
  readonly inputs: string;
  readonly pass: string;
  readonly fail: string;
  readonly unproved: string;
  readonly fix: string;
  /** How a person checks the same by hand. */
  readonly manualCheck: string;
  /** Why it does not apply where it finds no subject. */
  readonly notApplicable: string;
}

/** One thing that a rule judges. */
export interface Subject {
  /** Stable name, by which waivers find it: "phases.lab", "2026-Q4". */
  readonly id: string;
  /** Blueprint path that the finding points at. */
  readonly at: string;
  /** State of the phase that it belongs to; null where it has none. */
  readonly state: PhaseState | null;
  readonly claim: Exclude<Evidence["claim"], "none">;
  readonly unit: string;
  readonly inputs: readonly Input[];
  /** One line for people, given what the inputs come to. */
  readonly message: (judged: Judged) => string;
  /** What to change, where it is not the rule's own fix. */
  readonly fix?: (judged: Judged) => string;
}

export type Rule = RuleOn<Context>;

/** A rule on something else than a site. */
export interface RuleOn<Given> extends RuleText {
  readonly subjects: (context: Given) => readonly Subject[];
}

/** Findings of one rule: one a subject, or a single `not-applicable` one. Waivers and relaxation are applied after. */
export function applyRule<Given extends Pick<Context, "asState">>(
  rule: RuleOn<Given>,
  context: Given,
): readonly Finding[] {
  const subjects = rule.subjects(context);
  return subjects.length === 0
    ? [notApplicable(rule)]
    : subjects.map((subject) => findingOf(rule, subject, context.asState));
}

function findingOf(rule: RuleText, subject: Subject, asState: PhaseState | null): Finding {
  const judged = judge(subject.claim, subject.inputs);
  const { computed, limit, margin } = judged;
  const open =
    judged.verdict === "unproved" ? subject.inputs.filter(({ value, as }) => value === null && as !== "context") : [];
  return {
    rule: rule.id,
    verdict: judged.verdict,
    enforcement: enforcementOf(rule, subject.state === null ? null : (asState ?? subject.state)),
    subject: subject.id,
    message: `${subject.message(judged)}${notKnown(judged, open)}`,
    evidence: {
      claim: subject.claim,
      formula: rule.formula,
      inputs: subject.inputs,
      computed,
      limit,
      margin,
      unit: subject.unit,
    },
    fix: judged.verdict === "proved" ? null : (subject.fix?.(judged) ?? rule.fix),
    at: open.map(({ from }) => from).find(isBlueprintPath) ?? subject.at,
    waiver: null,
    relaxedBy: null,
  };
}

/** What a sum waits for, by name; conditions name theirs in their own message. */
function notKnown({ verdict, computed }: Judged, open: readonly Input[]): string {
  if (verdict !== "unproved" || computed === null) return "";
  const names = [
    ...new Set(
      open.map(({ name, from }) =>
        isBlueprintPath(from) ? `${name} (${from})` : `${name} (${from.replace(/^urn:.*::/, "")})`,
      ),
    ),
  ];
  return `; not known: ${names.slice(0, MAX_NAMES).join(", ")}${names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ""}`;
}

const MAX_NAMES = 4;
/** Facts of the catalog, resources and planned objects are named by scheme; everything else is a place in the file. */
const isBlueprintPath = (from: string): boolean => from !== "" && !/^(?:catalog|urn|plan):/.test(from);

/** A rule that holds from a state on is advisory for a phase that has not reached it; what belongs to no phase is there already. */
const enforcementOf = (rule: RuleText, state: PhaseState | null): Enforcement =>
  rule.mandatoryFrom === null || state === null || hasReached(state, rule.mandatoryFrom)
    ? rule.enforcement
    : "advisory";

const notApplicable = (rule: RuleText): Finding => ({
  rule: rule.id,
  verdict: "not-applicable",
  enforcement: rule.enforcement,
  subject: "site",
  message: rule.notApplicable,
  evidence: { claim: "none", formula: rule.formula, inputs: [], computed: null, limit: null, margin: null, unit: "" },
  fix: null,
  at: "",
  waiver: null,
  relaxedBy: null,
});

interface Stated {
  readonly name: string;
  readonly value: Amount | null;
  readonly from: string;
}
/** Inputs of the two sides of need ≤ limit. */
export const needTerm = (unit: string, { name, value, from }: Stated): Input => ({
  name,
  value,
  unit,
  from,
  side: "need",
  as: "term",
});
export const limitTerm = (unit: string, { name, value, from }: Stated): Input => ({
  name,
  value,
  unit,
  from,
  side: "limit",
  as: "term",
});
/** What is known of a load, and a term for each part of it that is not: `part` says what such a part is. */
const totalOf =
  (term: typeof needTerm) =>
  ({ known, missing }: Total, { name, part, from }: Omit<Stated, "value"> & { readonly part: string }) => [
    term("W", { name, value: known, from }),
    ...missing.map((each) => term("W", { name: part, value: null, from: each })),
  ];
export const needTotal = totalOf(needTerm);
export const limitTotal = totalOf(limitTerm);
/** A ratio or count by which the limit is multiplied. */
export const limitFactor = ({ name, value, from }: Stated): Input => ({
  name,
  value,
  unit: "1",
  from,
  side: "limit",
  as: "factor",
});

/** A ratio by which the need is multiplied. */
export const needFactor = ({ name, value, from }: Stated): Input => ({
  ...limitFactor({ name, value, from }),
  side: "need",
});

/** A condition that is true, false, or not known. */
export const condition = (name: string, value: boolean | null, from: string): Input => ({
  name,
  value,
  unit: "",
  from,
  side: "need",
  as: "condition",
});
