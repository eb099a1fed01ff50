import { isDay } from "../components/site/day.ts";
import type { Waiver } from "../components/site/schema.ts";
import type { Finding } from "./finding.ts";
import { waiverRule } from "./waiver-rule.ts";

const MAX_DAYS = 90;
const DAY_MS = 86_400_000;

/** Why a waiver does not count today; null where it does. Its last day is included. */
export function refusal(waiver: Waiver, today: string): string | null {
  if (!isDay(waiver.expires)) return `its day ${waiver.expires} is no calendar day`;
  if (waiver.expires < today) return `it expired on ${waiver.expires}`;
  const days = (Date.parse(`${waiver.expires}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS;
  return days > MAX_DAYS ? `it runs for ${days} days, at most ${MAX_DAYS} are allowed` : null;
}

/** Findings with the waivers that count today; a waived finding keeps its verdict, and blocks nothing. */
export function waived(findings: readonly Finding[], waivers: readonly Waiver[], today: string): readonly Finding[] {
  const valid = waivers.filter((waiver) => refusal(waiver, today) === null);
  return findings.map((finding) => {
    const waiver = isOpen(finding) ? valid.find((each) => matches(each, finding)) : undefined;
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
      (findings.some((finding) => isOpen(finding) && matches(waiver, finding)) ? null : "it matches no open finding");
    return why === null ? [] : [idle(waiver, `waivers[${index}]`, why)];
  });
}

const isOpen = ({ verdict }: Finding): boolean => verdict === "violated" || verdict === "unproved";
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
