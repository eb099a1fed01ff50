import type { Verdict } from "../../policies/finding.ts";
import type { Given } from "./context.ts";

interface Case extends Partial<Given> {
  readonly subject: string;
  readonly verdict: Verdict;
}
type Kind = "pass" | "fail" | "boundary" | "past the boundary" | "unknown" | "nothing" | "empty";

/** For each rule: what passes, what fails, the limit itself and one unit past it, what is not known, and nothing at all. */
export type RuleCases = Readonly<Record<string, Readonly<Partial<Record<Kind, Case>>>>>;
