import type { Amount, Computed, Evidence, Finding, Input, Verdict } from "./finding.ts";

/** A side of the claim need ≤ limit: its floor, whether all of it is known, and what is not. */
interface Sum {
  readonly floor: Amount;
  readonly missing: readonly string[];
}

/** What the evidence of a claim comes to. */
export interface Judged {
  readonly verdict: Verdict;
  readonly computed: Computed | null;
  readonly limit: Amount | null;
  readonly margin: Amount | null;
}

/**
 * Judges a claim from its inputs alone. need ≤ limit, or < where it is `below`: loads are ≥ 0, so what is known above a limit that is all
 * known violates it, whatever is missing; it is proved only where nothing is. all-of: one false condition
 * violates, one unknown leaves it open.
 */
export function judge(claim: Evidence["claim"], inputs: readonly Input[]): Judged {
  if (claim === "none") return { verdict: "not-applicable", computed: null, limit: null, margin: null };
  if (claim === "all-of") return judgeConditions(inputs);
  const need = sumOf(inputs, "need");
  const limit = sumOf(inputs, "limit");
  const computed = { known: need.floor, missing: need.missing };
  if (limit.missing.length > 0) return { verdict: "unproved", computed, limit: null, margin: null };
  if (claim === "below" ? need.floor >= limit.floor : need.floor > limit.floor)
    return { verdict: "violated", computed, limit: limit.floor, margin: less(limit.floor, need.floor) };
  if (need.missing.length > 0) return { verdict: "unproved", computed, limit: limit.floor, margin: null };
  return { verdict: "proved", computed, limit: limit.floor, margin: less(limit.floor, need.floor) };
}

function judgeConditions(inputs: readonly Input[]): Judged {
  const conditions = inputs.filter((input) => input.as === "condition");
  const broken = conditions.some(({ value }) => value === false);
  const open = conditions.some(({ value }) => value !== false && value !== true);
  return { verdict: broken ? "violated" : open ? "unproved" : "proved", computed: null, limit: null, margin: null };
}

/**
 * Σ terms × Π factors. A missing term leaves a floor; a missing factor keeps its least value, where it has one. What
 * is no finite amount is missing: it can neither add to a side nor complete it.
 */
function sumOf(inputs: readonly Input[], side: Input["side"]): Sum {
  const terms = inputs.filter((input) => input.side === side && input.as === "term");
  const factors = inputs.filter((input) => input.side === side && input.as === "factor");
  const none = inputs.some(({ value }) => typeof value === "bigint") ? 0n : 0;
  const sum = terms.reduce<Amount>((total, { value }) => plus(total, isAmount(value) ? value : none), none);
  const missing = [...terms, ...factors].filter(({ value }) => !isAmount(value)).map(({ from }) => from);
  const floor = factors.reduce<Amount>(
    (product, { value, atLeast }) => scale(product, isAmount(value) ? Number(value) : (atLeast ?? 0), side),
    sum,
  );
  return { floor, missing: [...new Set(missing)] };
}

const isAmount = (value: Input["value"]): value is Amount => typeof value === "bigint" || Number.isFinite(value);

const plus = (left: Amount, right: Amount): Amount =>
  typeof left === "bigint" && typeof right === "bigint" ? left + right : Number(left) + Number(right);

const less = (left: Amount, right: Amount): Amount =>
  typeof left === "bigint" && typeof right === "bigint" ? left - right : Number(left) - Number(right);

/** A load scaled is rounded up to a whole unit, as the plan does, and a limit down; money is not scaled. */
const scale = (value: Amount, factor: number, side: Input["side"]): Amount => {
  if (typeof value === "bigint") return value;
  return Math.max(0, side === "need" ? Math.ceil(value * factor - SLACK) : Math.floor(value * factor + SLACK));
};
/** Binary noise of a product is not a watt. */
const SLACK = 1e-6;

/** The verdict of a finding, computed again from its own evidence. */
export const recompute = (finding: Pick<Finding, "evidence">): Judged =>
  judge(finding.evidence.claim, finding.evidence.inputs);
