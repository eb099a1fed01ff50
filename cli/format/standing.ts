import { blocks } from "../../policies/check.ts";
import { type Finding, isUnsettled } from "../../policies/finding.ts";

/** How a finding stands: what blocks, what somebody answers for, what does not block yet, what holds. */
export type Standing = Open | "holds";
export type Open = "violated" | "unproved" | "waived" | "advisory";

/** What is open, the gravest first. */
export const OPEN = ["violated", "unproved", "waived", "advisory"] as const satisfies readonly Open[];

export function standingOf(finding: Finding): Standing {
  if (!isUnsettled(finding)) return "holds";
  if (blocks(finding)) return finding.verdict;
  return finding.waiver === null ? "advisory" : "waived";
}
