import { moneyAsText, planDigest } from "../../components/plan-json.ts";
import type { Judged } from "../judged.ts";
import { inertJson } from "./inert-json.ts";

export const CHECK_VERSION = "millrace/check/v1";

/** `check --format json`: one document, as cli/schemas/check.schema.json describes it. */
export function checkJson({ opened: { plan, source }, findings, summary, asOf }: Judged): string {
  const document = {
    apiVersion: CHECK_VERSION,
    site: plan.site,
    plan: planDigest(plan),
    asOf: { date: asOf.today, state: asOf.asState },
    verdict: summary.verdict,
    counts: summary.counts,
    findings: findings.map((finding) => ({
      ...finding,
      at: { path: finding.at, ...source.locate(finding.at) },
    })),
  };
  return inertJson(JSON.stringify(document, moneyAsText, 2));
}
