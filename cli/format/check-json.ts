import { moneyAsText, planDigest } from "../../components/plan-json.ts";
import type { Fault } from "../../components/site/fault.ts";
import type { SiteSource } from "../../components/site/load.ts";
import type { Judged } from "../judged.ts";

/** `check --format json`: one document; its schema is cli/schemas/check.schema.json. */
export function checkJson({ opened, findings, summary, asOf }: Judged): string {
  const { plan, source } = opened;
  const document = {
    apiVersion: "millrace/check/v1",
    site: plan.site,
    plan: planDigest(plan),
    asOf: { date: asOf.today, state: asOf.asState },
    verdict: summary.verdict,
    counts: summary.counts,
    findings: findings.map((finding) => ({ ...finding, at: placed(finding.at, source) })),
  };
  return JSON.stringify(document, moneyAsText, 2);
}

/** Faults of the blueprint in the same frame. */
export const faultsJson = (site: string, faults: readonly Fault[], source: SiteSource): string =>
  JSON.stringify(
    {
      apiVersion: "millrace/check/v1",
      site,
      verdict: "bad-input",
      faults: faults.map(({ path, problem, got, allowed, fix, atKey }) => ({
        at: { path, ...source.locate(path, atKey === true ? "key" : "value") },
        problem,
        got,
        allowed,
        fix,
      })),
    },
    null,
    2,
  );

const placed = (path: string, source: SiteSource) => ({ path, ...source.locate(path) });
