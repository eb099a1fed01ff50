import { createHash } from "node:crypto";
import type { Fault } from "../../components/site/fault.ts";
import type { SiteSource } from "../../components/site/load.ts";
import type { Finding } from "../../policies/finding.ts";
import { RULES } from "../../policies/registry.ts";
import type { RuleText } from "../../policies/rule.ts";
import type { Judged } from "../judged.ts";
import { standingOf } from "./finding-lines.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** SARIF 2.1.0 of what is open; a waived finding is there, suppressed. */
export function sarif({ opened, findings }: Judged): string {
  const open = findings.filter((finding) => standingOf(finding) !== "holds");
  return log(
    open.map((finding) => result(finding, opened.source)),
    RULES,
  );
}

/** Faults of the blueprint as SARIF: they have no rule. */
export const faultsSarif = (faults: readonly Fault[], source: SiteSource): string =>
  log(
    faults.map((fault) => ({
      level: "error",
      message: { text: `${fault.path}: ${fault.problem}: got ${fault.got}, allowed ${fault.allowed}. ${fault.fix}` },
      locations: [location(fault.path, source)],
    })),
    [],
  );

const log = (results: readonly object[], rules: readonly RuleText[]): string =>
  JSON.stringify(
    {
      $schema: SCHEMA,
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "millrace", informationUri: "https://millrace.dev", rules: rules.map(descriptor) } },
          columnKind: "utf16CodeUnits",
          results,
        },
      ],
    },
    null,
    2,
  );

const descriptor = (rule: RuleText) => ({
  id: rule.id,
  shortDescription: { text: rule.claim },
  fullDescription: { text: rule.why },
  help: { text: `${rule.formula}\nInputs: ${rule.inputs}\nFix: ${rule.fix}\nSource: ${rule.source}` },
  defaultConfiguration: { level: rule.enforcement === "mandatory" ? "error" : "warning" },
  properties: { tags: [rule.id.split("/")[0] ?? "", rule.severity] },
});

function result(finding: Finding, source: SiteSource) {
  const standing = standingOf(finding);
  return {
    ruleId: finding.rule,
    level: standing === "violated" || standing === "unproved" ? "error" : "note",
    message: { text: `${finding.verdict}: ${finding.message}${finding.fix === null ? "" : `. Fix: ${finding.fix}`}` },
    locations: [location(finding.at, source)],
    partialFingerprints: {
      "millrace/v1": createHash("sha256").update(`${finding.rule} ${finding.subject}`).digest("hex").slice(0, 32),
    },
    ...(finding.waiver === null
      ? {}
      : {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: `${finding.waiver.reason} (${finding.waiver.owner}, ${finding.waiver.ticket}, until ${finding.waiver.expires})`,
            },
          ],
        }),
  };
}

function location(path: string, source: SiteSource) {
  const { file, line, column } = source.locate(path);
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line, startColumn: column } },
  };
}
