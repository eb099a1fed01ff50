import type { Faulty } from "../../components/open.ts";
import { inert } from "../../components/site/show-fault.ts";
import { placeOfFault, type SiteSource, showPosition } from "../../components/site/source.ts";
import type { Finding } from "../../policies/finding.ts";
import type { Judged } from "../judged.ts";
import { placeOf } from "./finding-groups.ts";
import { type Standing, standingOf } from "./standing.ts";

/** How a case ends: it fails where the finding blocks, and is skipped, with why, where it decides nothing yet. */
type Outcome = "passed" | "failed" | "skipped";
interface Case {
  readonly outcome: Outcome;
  readonly xml: string;
}

/** JUnit: a rule is a suite, a finding a case. */
export function junit({ opened: { plan, source }, findings }: Judged): string {
  const suites = [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, own]) =>
    suite(
      rule,
      own.map((finding) => caseOf(finding, source)),
    ),
  );
  return report(plan.site, suites);
}

/** Faults of the blueprint: a suite that failed. */
export function faultsJunit(site: string, { faults, source }: Faulty): string {
  const cases = faults.map((fault): Case => {
    const told = `${showPosition(placeOfFault(fault, source))}\ngot ${fault.got} · allowed ${fault.allowed} · fix: ${fault.fix}`;
    return {
      outcome: "failed",
      xml: `${head("blueprint", fault.path === "" ? "site.yaml" : fault.path)}>${failure("fault", fault.problem, told)}</testcase>`,
    };
  });
  return report(site, [suite("blueprint", cases)]);
}

const report = (site: string, suites: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="millrace ${xml(site)}">\n${suites.join("\n")}\n</testsuites>`;

function suite(name: string, cases: readonly Case[]): string {
  const count = (outcome: Outcome) => cases.filter((each) => each.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.map((each) => each.xml).join("\n")}\n  </testsuite>`;
}

const head = (rule: string, subject: string): string => `    <testcase classname="${xml(rule)}" name="${xml(subject)}"`;

const OUTCOME: Readonly<Record<Standing, Outcome>> = {
  holds: "passed",
  violated: "failed",
  unproved: "failed",
  waived: "skipped",
  advisory: "skipped",
};

function caseOf(finding: Finding, source: SiteSource): Case {
  const { rule, subject, verdict, message, fix, at, waiver } = finding;
  const outcome = verdict === "not-applicable" ? "skipped" : OUTCOME[standingOf(finding)];
  const opening = head(rule, subject);
  if (outcome === "passed") return { outcome, xml: `${opening}/>` };
  if (outcome === "failed") {
    const told = `${placeOf(at, source)}\n${message}${fix === null ? "" : `\nfix: ${fix}`}`;
    return { outcome, xml: `${opening}>${failure(verdict, message, told)}</testcase>` };
  }
  const why = waiver === null ? "" : ` (waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason})`;
  return { outcome, xml: `${opening}><skipped message="${xml(`${verdict}: ${message}${why}`)}"/></testcase>` };
}

const failure = (type: string, message: string, told: string): string =>
  `<failure type="${xml(type)}" message="${xml(message)}">${told.split("\n").map(xml).join("\n")}</failure>`;

const MAX_TEXT = 4_000;

/** XML text: markup escaped; characters that XML 1.0 does not know are visible ones by then. */
const xml = (text: string): string =>
  inert(text, MAX_TEXT)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
