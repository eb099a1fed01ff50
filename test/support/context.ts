import type { PhaseState } from "../../components/site/phase-state.ts";
import { check } from "../../policies/check.ts";
import type { Finding, Verdict } from "../../policies/finding.ts";
import { plannedObjects, plannedResources } from "../../policies/planned.ts";
import type { RegisteredObject, RegisteredResource } from "../../policies/registered.ts";
import type { Context } from "../../policies/rule.ts";
import { opening } from "./sites.ts";

export { plannedObjects } from "../../policies/planned.ts";

export const TODAY = "2026-11-24";

export interface Given {
  readonly text: string;
  /** What the program registers, given what the plan would. */
  readonly registered?: (planned: readonly RegisteredObject[]) => readonly RegisteredObject[];
  /** The same of a cloud. */
  readonly resources?: (planned: readonly RegisteredResource[]) => readonly RegisteredResource[];
  readonly site?: string;
  readonly today?: string;
  readonly asState?: PhaseState;
}

export function contextOf({ text, site, registered, resources, today, asState }: Given): Context {
  const opened = opening(text, site);
  const planned = plannedObjects(opened);
  return {
    plan: opened.plan,
    catalog: opened.catalog,
    waivers: opened.site.waivers ?? [],
    registered: registered === undefined ? planned : registered(planned),
    resources: (resources ?? ((given) => given))(plannedResources(opened)),
    today: today ?? TODAY,
    asState: asState ?? null,
  };
}

/** Findings of one rule, for one subject where it is named. */
export const findingsOf = (rule: string, given: Given, subject?: string): readonly Finding[] =>
  check(contextOf(given)).filter(
    (finding) => finding.rule === rule && (subject === undefined || finding.subject === subject),
  );

/** The verdict on a subject, for case tables; one finding must speak of it. */
export function verdictOn(rule: string, subject: string, given: Given): Verdict {
  const found = findingsOf(rule, given, subject);
  const [finding] = found;
  if (finding === undefined || found.length > 1) throw new Error(`${found.length} findings of ${rule} on ${subject}`);
  return finding.verdict;
}
