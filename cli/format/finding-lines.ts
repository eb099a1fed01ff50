import type { Opened } from "../../components/open.ts";
import { blocks } from "../../policies/check.ts";
import type { Finding } from "../../policies/finding.ts";

/** How a finding stands: what blocks, what somebody answers for, what is only planned, what holds. */
export type Standing = "violated" | "unproved" | "waived" | "advisory" | "holds";

export function standingOf(finding: Finding): Standing {
  if (finding.verdict !== "violated" && finding.verdict !== "unproved") return "holds";
  if (blocks(finding)) return finding.verdict;
  return finding.waiver === null ? "advisory" : "waived";
}

/** "stacks/lab/site.yaml:41:13": where a finding points. */
export function placeOf(at: string, { source }: Pick<Opened, "source">): string {
  const { file, line, column } = source.locate(at);
  return `${file}:${line}:${column}`;
}

/** Findings that say the same of the same place, as one. */
export interface Group {
  readonly standing: Standing;
  readonly first: Finding;
  readonly more: readonly Finding[];
}

/** Open findings, grouped by rule, place and standing, what blocks first. */
export function openGroups(findings: readonly Finding[]): readonly Group[] {
  const order: readonly Standing[] = ["violated", "unproved", "waived", "advisory"];
  const open = findings.filter((finding) => standingOf(finding) !== "holds");
  const groups = Map.groupBy(open, (finding) => [standingOf(finding), finding.rule, family(finding)].join("|"));
  return [...groups.values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : [{ standing: standingOf(first), first, more }]))
    .sort((left, right) => order.indexOf(left.standing) - order.indexOf(right.standing));
}

/** What a finding is one of many of: the gates of a phase, the figures of a site; else itself. */
const family = ({ rule, subject, at, verdict }: Finding): string =>
  rule === "site/gates" ? at : rule === "site/sourced" ? verdict : subject;

/** The last part of a subject: a gate of its phase, a figure by its path. */
export const shortName = ({ rule, subject }: Finding): string =>
  rule === "site/gates" ? (subject.split(".").at(-1) ?? subject) : subject.replace(/^facts\./, "");
