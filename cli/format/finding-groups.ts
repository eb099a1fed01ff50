import { type SiteSource, showPosition } from "../../components/site/source.ts";
import type { Finding } from "../../policies/finding.ts";
import { OPEN, type Open, standingOf } from "./standing.ts";

/** Open findings that say the same of the same place, as one. */
export interface Group {
  readonly standing: Open;
  readonly first: Finding;
  readonly more: readonly Finding[];
}

/** Open findings, grouped by rule, place and standing, the gravest first, else in the order of the rules. */
export function openGroups(findings: readonly Finding[]): readonly Group[] {
  return OPEN.flatMap((standing) => {
    const own = findings.filter((finding) => standingOf(finding) === standing);
    return [...Map.groupBy(own, familyOf).values()].flatMap(([first, ...more]) =>
      first === undefined ? [] : [{ standing, first, more }],
    );
  });
}

/** One missing figure may leave many subjects open, and one rule may ask the same of every figure. */
function familyOf({ rule, subject, at, verdict }: Finding): string {
  const kind = ONE_OF_MANY.has(rule) ? "" : verdict === "unproved" ? at : subject;
  return `${rule} ${verdict} ${kind}`;
}

/** Rules that judge every figure by itself: told once, with the figures' names. */
const ONE_OF_MANY: ReadonlySet<string> = new Set(["site/sourced"]);

/** "stacks/lab/site.yaml:41:13": where a finding points. */
export const placeOf = (at: string, source: SiteSource): string => showPosition(source.locate(at));

/** The others of a group by name, with their line where it is another: "power.pue (line 20)". */
export function othersOf({ first, more }: Group, source: SiteSource): readonly string[] {
  const line = source.locate(first.at).line;
  return more.map(({ rule, subject, at }) => {
    const own = source.locate(at).line;
    return `${shortName(rule, subject)}${own === line ? "" : ` (line ${own})`}`;
  });
}

/** What tells a subject from the others of its group: a gate of its phase, a figure by its path. */
const shortName = (rule: string, subject: string): string =>
  rule === "site/gates" ? (subject.split(".").at(-1) ?? subject) : subject.replace(/^facts\./, "");
