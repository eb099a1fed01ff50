import { createHash } from "node:crypto";
import type { Faulty } from "../../components/open.ts";
import type { Position } from "../../components/site/fault.ts";
import { placeOfFault, type SiteSource } from "../../components/site/source.ts";
import type { AppliedWaiver, Finding } from "../../policies/finding.ts";
import { RULE_TEXTS } from "../../policies/registry.ts";
import type { RuleText } from "../../policies/rule.ts";
import type { Judged } from "../judged.ts";
import { inertJson } from "./inert-json.ts";
import { type Open, standingOf } from "./standing.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVEL: Readonly<Record<Open, "error" | "note">> = {
  violated: "error",
  unproved: "error",
  waived: "note",
  advisory: "note",
};
const BLUEPRINT = {
  id: "blueprint",
  shortDescription: { text: "the blueprint can be read" },
  help: { text: "every fault names its place, what was got, what is allowed and what to change" },
  defaultConfiguration: { level: "error" },
};

/** SARIF 2.1.0 of what is open; a waived finding is there, suppressed. */
export function sarif({ opened: { source }, findings }: Judged): string {
  const results = findings.flatMap((finding) => {
    const standing = standingOf(finding);
    return standing === "holds" ? [] : [result(finding, standing, source)];
  });
  return log(RULE_TEXTS.map(descriptor), results);
}

/** Faults of the blueprint, under a rule of their own. */
export function faultsSarif({ faults, source }: Faulty): string {
  const results = faults.map((fault) => ({
    ruleId: BLUEPRINT.id,
    level: "error",
    message: { text: `${fault.path}: ${fault.problem}: got ${fault.got}, allowed ${fault.allowed}; ${fault.fix}` },
    locations: [location(placeOfFault(fault, source))],
    partialFingerprints: fingerprints(BLUEPRINT.id, `${fault.path} ${fault.problem}`),
  }));
  return log([BLUEPRINT], results);
}

const log = (rules: readonly object[], results: readonly object[]): string =>
  inertJson(
    JSON.stringify(
      {
        $schema: SCHEMA,
        version: "2.1.0",
        runs: [{ tool: { driver: { name: "millrace", rules } }, columnKind: "utf16CodeUnits", results }],
      },
      null,
      2,
    ),
  );

const descriptor = (rule: RuleText) => ({
  id: rule.id,
  shortDescription: { text: rule.claim },
  fullDescription: { text: rule.why },
  help: { text: `${rule.formula}\nInputs: ${rule.inputs}\nFix: ${rule.fix}\nSource: ${rule.source}` },
  defaultConfiguration: { level: rule.enforcement === "mandatory" ? "error" : "note" },
  properties: { tags: [rule.id.split("/")[0] ?? rule.id, rule.severity] },
});

function result({ rule, subject, verdict, message, fix, at, waiver }: Finding, standing: Open, source: SiteSource) {
  return {
    ruleId: rule,
    level: LEVEL[standing],
    message: { text: `${verdict}: ${message}${fix === null ? "" : `; fix: ${fix}`}` },
    locations: [location(source.locate(at))],
    partialFingerprints: fingerprints(rule, subject),
    ...(waiver === null ? {} : { suppressions: [suppression(waiver)] }),
  };
}

const suppression = ({ reason, owner, ticket, expires }: AppliedWaiver) => ({
  kind: "external",
  status: "accepted",
  justification: `${reason} (${owner}, ${ticket}, until ${expires})`,
});

/** The same finding keeps its fingerprint when lines move or its figures change. */
const fingerprints = (rule: string, subject: string) => ({
  "millrace/v1": createHash("sha256")
    .update(JSON.stringify([rule, subject]))
    .digest("hex")
    .slice(0, 32),
});

const location = ({ file, line, column }: Position) => ({
  physicalLocation: {
    artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
    region: { startLine: line, startColumn: column },
  },
});
