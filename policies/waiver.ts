import { daysBetween, isDay } from "../components/site/day.ts";
import type { Waiver } from "../components/site/schema.ts";
import { type Finding, isUnsettled } from "./finding.ts";
import { waiverRule } from "./waiver-rule.ts";

const MAX_DAYS = 90;

/** Why a waiver does not count today; null where it does. Its last day is included. */
export function refusal(waiver: Waiver, today: string): string | null {
  if (!isDay(waiver.expires)) return `its day ${waiver.expires} is no calendar day`;
  if (waiver.expires < today) return `it expired on ${waiver.expires}`;
  const days = daysBetween(today, waiver.expires);
  return days > MAX_DAYS ? `it runs for ${days} days, at most ${MAX_DAYS} are allowed` : null;
}

/** Findings with the waivers that count today; a waived finding keeps its verdict, and blocks nothing. */
export function waived(findings: readonly Finding[], waivers: readonly Waiver[], today: string): readonly Finding[] {
  const valid = waivers.filter((waiver) => refusal(waiver, today) === null);
  return findings.map((finding) => {
    const waiver = isUnsettled(finding) ? valid.find((each) => matches(each, finding)) : undefined;
    if (waiver === undefined) return finding;
    const { reason, owner, ticket, expires } = waiver;
    return { ...finding, waiver: { reason, owner, ticket, expires } };
  });
}

/** What is said of waivers that do not count, or that match nothing: each one, advisory. */
export function idleWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): readonly Finding[] {
  return waivers.flatMap((waiver, index) => {
    const why =
      refusal(waiver, today) ??
      (findings.some((finding) => isUnsettled(finding) && matches(waiver, finding))
        ? null
        : "it matches no open finding");
    return why === null ? [] : [idle(waiver, `waivers[${index}]`, why)];
  });
}

const matches = (waiver: Waiver, finding: Finding): boolean =>
  waiver.rule === finding.rule && waiver.subject === finding.subject;

const idle = (waiver: Waiver, at: string, why: string): Finding => ({
  rule: waiverRule.id,
  verdict: "violated",
  enforcement: waiverRule.enforcement,
  subject: at,
  message: `the waiver of ${waiver.rule} for ${waiver.subject} is not applied: ${why}`,
  evidence: {
    claim: "all-of",
    formula: waiverRule.formula,
    inputs: [{ name: "the waiver counts today", value: false, unit: "", from: at, side: "need", as: "condition" }],
    computed: null,
    limit: null,
    margin: null,
    unit: "",
  },
  fix: waiverRule.fix,
  at,
  waiver: null,
  relaxedBy: null,
});
