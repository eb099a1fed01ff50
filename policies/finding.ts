/** `proved` only where every input is known; a mandatory rule blocks on `violated` and on `unproved`. */
export type Verdict = "proved" | "violated" | "unproved" | "not-applicable";
export type Enforcement = "mandatory" | "advisory";

/** A number in an evidence: watts, GPUs, days as number; money as integer micro-dollars. */
export type Amount = number | bigint;

/** One input, with where it comes from: a blueprint path, a catalog fact ("catalog:systems/gb300-nvl72/tdp") or a resource's URN. */
export interface Input {
  readonly name: string;
  readonly value: Amount | boolean | string | null;
  readonly unit: string;
  readonly from: string;
  /** Side of the claim, and how it enters it. */
  readonly side: "need" | "limit";
  readonly as: "term" | "factor" | "condition" | "context";
  /** The least a missing factor can be, where physics gives one: PUE is never below 1. */
  readonly atLeast?: number;
}

/** What a sum that may be incomplete comes to: its floor, and what would complete it. */
export interface Computed {
  readonly known: Amount;
  readonly missing: readonly string[];
}

/** `at-most`: Σ need terms × Π need factors ≤ Σ limit terms × Π limit factors. `below`: the same with <. `all-of`: every condition is true. */
export interface Evidence {
  readonly claim: "at-most" | "below" | "all-of" | "none";
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly computed: Computed | null;
  readonly limit: Amount | null;
  /** limit − need; null where either side is not known. */
  readonly margin: Amount | null;
  readonly unit: string;
}

/** Not established: violated, or unproved. */
export const isUnsettled = (finding: Finding): finding is Finding & { readonly verdict: "violated" | "unproved" } =>
  finding.verdict === "violated" || finding.verdict === "unproved";

export interface AppliedWaiver {
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  readonly expires: string;
}

export interface Finding {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly enforcement: Enforcement;
  readonly subject: string;
  /** One line for people: need, have, short by, or why it is not applicable. */
  readonly message: string;
  readonly evidence: Evidence;
  readonly fix: string | null;
  /** Blueprint path that the finding points at. */
  readonly at: string;
  readonly waiver: AppliedWaiver | null;
  /** Set where a policy-pack configuration lowered the rule. */
  readonly relaxedBy: string | null;
}
