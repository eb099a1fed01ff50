import { type Finding, isUnsettled, type Verdict } from "./finding.ts";
import { type PackConfig, relaxed } from "./pack-config.ts";
import { RULES } from "./registry.ts";
import { applyRule, type Context, type Rule } from "./rule.ts";
import { idleWaivers, waived } from "./waiver.ts";

export interface Summary {
  /** What the mandatory findings come to. */
  readonly verdict: "proved" | "violated" | "unproved";
  readonly counts: Readonly<Record<Verdict | "waived" | "advisory", number>>;
}

/** Every rule on one plan, with waivers and relaxation applied: the same findings in the command line and in the pack. */
export function check(context: Context, config: PackConfig | null = null): readonly Finding[] {
  const { waivers, today } = context;
  const findings = RULES.flatMap((rule) => applyRule(rule, context));
  return relaxed([...waived(findings, waivers, today), ...idleWaivers(findings, waivers, today)], config);
}

/** Findings of one rule alone, with waivers applied. */
export const checkRule = (rule: Rule, context: Context): readonly Finding[] =>
  waived(applyRule(rule, context), context.waivers, context.today);

/** What is said of the waivers alone. */
export const checkWaivers = (context: Context): readonly Finding[] =>
  context.waivers.length === 0
    ? []
    : idleWaivers(
        RULES.flatMap((rule) => applyRule(rule, context)),
        context.waivers,
        context.today,
      );

/** A mandatory finding that is violated or unproved blocks, unless somebody answers for it. */
export const blocks = (finding: Finding): boolean =>
  finding.enforcement === "mandatory" && finding.waiver === null && isUnsettled(finding);

export function summaryOf(findings: readonly Finding[]): Summary {
  const blocking = findings.filter(blocks);
  const count = (test: (finding: Finding) => boolean) => findings.filter(test).length;
  return {
    verdict: blocking.some(({ verdict }) => verdict === "violated")
      ? "violated"
      : blocking.length > 0
        ? "unproved"
        : "proved",
    counts: {
      proved: count(({ verdict }) => verdict === "proved"),
      violated: count((finding) => finding.verdict === "violated" && blocks(finding)),
      unproved: count((finding) => finding.verdict === "unproved" && blocks(finding)),
      "not-applicable": count(({ verdict }) => verdict === "not-applicable"),
      waived: count(({ waiver }) => waiver !== null),
      advisory: count(
        (finding) => isUnsettled(finding) && finding.waiver === null && finding.enforcement === "advisory",
      ),
    },
  };
}

/** 0 all mandatory proved, 1 violated, 2 unproved. */
export const exitCode = (findings: readonly Finding[]): 0 | 1 | 2 =>
  (({ proved: 0, violated: 1, unproved: 2 }) as const)[summaryOf(findings).verdict];
