import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Faulty, type Opened, openSite } from "../../components/open.ts";
import type { SiteSource } from "../../components/site/load.ts";
import { isPhaseState } from "../../components/site/phase-state.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import type { Enforcement, Finding } from "../finding.ts";
import type { RegisteredObject } from "../registered.ts";
import { RULE_IDS } from "../registry.ts";
import { applyRule, type Rule } from "../rule.ts";
import { waived } from "../waiver.ts";

/** What a policy reports: findings that are open and that nobody answers for. */
export type Judgement = readonly { readonly enforcement: Enforcement; readonly text: string; readonly urn: string }[];

const opened = new Map<string, Opened | Faulty>();

/** Judges one rule on what is registered. A blueprint that cannot be read fails every rule: closed, not open. */
export function engineSubject(rule: Rule, registered: readonly RegisteredObject[], stackUrn: string): Judgement {
  const stack = /^urn:pulumi:([^:]+)::/.exec(stackUrn)?.[1] ?? "";
  const site = open(stack);
  if (!site.ok)
    return [{ enforcement: rule.enforcement, text: showFaults(site.faults, shown(site.source, stack)), urn: stackUrn }];
  const today = process.env.MILLRACE_TODAY || new Date().toISOString().slice(0, 10);
  const asked = process.env.MILLRACE_AS_STATE ?? "";
  const context = {
    plan: site.plan,
    catalog: site.catalog,
    waivers: site.site.waivers ?? [],
    registered,
    today,
    asState: isPhaseState(asked) ? asked : null,
  };
  return waived(applyRule(rule, context), context.waivers, today)
    .filter(({ verdict, waiver }) => waiver === null && (verdict === "violated" || verdict === "unproved"))
    .map((finding) => ({
      enforcement: finding.enforcement,
      text: textOf(finding, shown(site.source, stack)),
      urn: urnOf(finding, stackUrn),
    }));
}

/** The stack's name is the site; its blueprint lies beside the pack, or where MILLRACE_STACKS says. */
function open(stack: string): Opened | Faulty {
  const folder = process.env.MILLRACE_STACKS || fileURLToPath(new URL("../../stacks", import.meta.url));
  const site = opened.get(stack) ?? openSite(resolve(folder), stack, RULE_IDS);
  opened.set(stack, site);
  return site;
}

/** The blueprint under the name that people know it by, whatever folder it was read from. */
function shown(source: SiteSource, stack: string): SiteSource {
  const file = `stacks/${stack}/site.yaml`;
  return { file, text: source.text, locate: (path, at) => ({ ...source.locate(path, at), file }) };
}

function textOf(finding: Finding, source: SiteSource): string {
  const { file, line, column } = source.locate(finding.at);
  const fix = finding.fix === null ? "" : `\nfix: ${finding.fix}`;
  return `${finding.verdict}: ${finding.message}\n${file}:${line}:${column}${fix}`;
}

/** The resource that an input of the finding came from, else the stack. */
const urnOf = (finding: Finding, stackUrn: string): string =>
  finding.evidence.inputs
    .find(({ from, value }) => from.startsWith("urn:pulumi:") && value !== true)
    ?.from.split("#")[0] ?? stackUrn;
