import type { Fault } from "../../components/site/fault.ts";
import type { SiteSource } from "../../components/site/load.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Finding } from "../../policies/finding.ts";
import type { Judged } from "../judged.ts";
import { placeOf, standingOf } from "./finding-lines.ts";

/** JUnit: a rule is a suite, a finding a case; what is waived, not applicable or not yet mandatory is skipped, with why. */
export function junit({ opened, findings }: Judged): string {
  const suites = [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, own]) =>
    suite(
      rule,
      own.map((finding) => testCase(finding, placeOf(finding.at, opened))),
      own,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="millrace ${xml(opened.plan.site)}">\n${suites.join("\n")}\n</testsuites>`;
}

export function faultsJunit(faults: readonly Fault[], source: SiteSource): string {
  const cases = faults.map((fault) => {
    const { file, line, column } = source.locate(fault.path, fault.atKey === true ? "key" : "value");
    return `    <testcase classname="blueprint" name="${xml(fault.path)}"><failure message="${xml(fault.problem)}">${xml(`${file}:${line}:${column}\ngot ${fault.got}, allowed ${fault.allowed}. ${fault.fix}`)}</failure></testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="millrace">\n  <testsuite name="blueprint" tests="${cases.length}" failures="${cases.length}">\n${cases.join("\n")}\n  </testsuite>\n</testsuites>`;
}

function suite(rule: string, cases: readonly string[], own: readonly Finding[]): string {
  const failures = own.filter((finding) => ["violated", "unproved"].includes(standingOf(finding))).length;
  return `  <testsuite name="${xml(rule)}" tests="${own.length}" failures="${failures}" skipped="${own.filter(skipped).length}">\n${cases.join("\n")}\n  </testsuite>`;
}

const skipped = (finding: Finding): boolean =>
  finding.verdict === "not-applicable" || ["waived", "advisory"].includes(standingOf(finding));

function testCase(finding: Finding, place: string): string {
  const head = `    <testcase classname="${xml(finding.rule)}" name="${xml(finding.subject)}"`;
  const text = xml(`${place}\n${finding.message}${finding.fix === null ? "" : `\nfix: ${finding.fix}`}`);
  if (skipped(finding)) {
    const why =
      finding.waiver === null
        ? `${finding.verdict}: ${finding.message}`
        : `waived until ${finding.waiver.expires} by ${finding.waiver.owner}: ${finding.waiver.reason}`;
    return `${head}><skipped message="${xml(why)}"/></testcase>`;
  }
  return standingOf(finding) === "holds"
    ? `${head}/>`
    : `${head}><failure type="${finding.verdict}" message="${xml(finding.message)}">${text}</failure></testcase>`;
}

/** XML text: markup escaped, characters that XML 1.0 does not know made visible. */
const xml = (text: string): string =>
  inert(text.replaceAll("\n", "\u2424"), 4_000)
    .replaceAll("\u2424", "\n")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
