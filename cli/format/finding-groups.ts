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
  const kind = verdict === "unproved" ? (ONE_OF_MANY.get(rule)?.(subject) ?? at) : subject;
  return `${rule} ${verdict} ${kind}`;
}

/** Rules that judge every figure, or every study of a phase, by itself: told once, with the names of all. */
const ONE_OF_MANY: ReadonlyMap<string, (subject: string) => string> = new Map([
  ["site/sourced", () => ""],
  ["site/studies", (subject: string) => subject.split(".")[1] ?? ""],
]);

/** "stacks/lab/site.yaml:41:13": where a finding points. */
export const placeOf = (at: string, source: SiteSource): string => showPosition(source.locate(at));

/** The others of a group by name, with their line where it is another: "power.pue (line 20)". */
export function othersOf({ first, more }: Group, source: SiteSource): readonly string[] {
  const line = source.locate(first.at).line;
  return more.map(({ subject, at }) => {
    const own = source.locate(at).line;
    return `${shortName(subject)}${own === line ? "" : ` (line ${own})`}`;
  });
}

/** What tells a subject from the others of its group: a gate or study of its phase, a figure by its path. */
const shortName = (subject: string): string => subject.replace(/^(?:facts|phases\.[^.]+)\./, "");
