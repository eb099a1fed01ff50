import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Faulty, type Opened, openSite } from "../../components/open.ts";
import { inert, showFaults } from "../../components/site/show-fault.ts";
import { type SiteSource, showPosition } from "../../components/site/source.ts";
import { type Enforcement, type Finding, isUnsettled } from "../finding.ts";
import type { RegisteredObject, RegisteredResource } from "../registered.ts";
import { RULE_IDS } from "../registry.ts";
import type { Context, RuleText } from "../rule.ts";
import { asOf } from "./as-of.ts";

/** What a policy tells the engine: a finding that is open and that nobody answers for. */
export interface Report {
  readonly enforcement: Enforcement;
  readonly text: string;
  readonly urn: string;
}

/** What a stack registers, as rules read it. */
interface Registered {
  readonly objects: readonly RegisteredObject[];
  readonly resources: readonly RegisteredResource[];
}

/** A rule as the engine calls it: its words, and its findings on what is registered. */
export interface EngineRule {
  readonly text: RuleText;
  readonly findings: (context: Context) => readonly Finding[];
}

const MAX_TEXT = 2_000;
const opened = new Map<string, Opened | Faulty>();

/**
 * Judges one rule on what a stack registers; the stack's name is the site, and its blueprint is read here, whatever
 * the program made of it. Where it cannot be read, every rule says so: closed, not open.
 */
export function judgeStack(
  { text, findings }: EngineRule,
  readStack: () => Registered,
  stackUrn: string,
): readonly Report[] {
  const site = open(/^urn:pulumi:([^:]+)::/.exec(stackUrn)?.[1] ?? "");
  const when = asOf(process.env, () => new Date());
  if (!site.ok) return [{ enforcement: text.enforcement, text: faultText(site), urn: stackUrn }];
  if (!when.ok) return [{ enforcement: text.enforcement, text: inert(when.problem, MAX_TEXT), urn: stackUrn }];
  return findings(contextOf(site, when, readStack))
    .filter((finding) => finding.waiver === null && isUnsettled(finding))
    .map((finding) => ({
      enforcement: finding.enforcement,
      text: findingText(finding, site),
      urn: urnOf(finding, stackUrn),
    }));
}

/** Registered objects are read where a rule looks at them: copying thousands costs more than most rules. */
function contextOf(
  { plan, catalog, site }: Opened,
  { today, asState }: Pick<Context, "today" | "asState">,
  readStack: () => Registered,
): Context {
  let stack: Registered | null = null;
  const read = (): Registered => {
    stack ??= readStack();
    return stack;
  };
  return {
    plan,
    catalog,
    waivers: site.waivers ?? [],
    today,
    asState,
    get registered() {
      return read().objects;
    },
    get resources() {
      return read().resources;
    },
  };
}

/** Blueprints lie beside the pack, or where MILLRACE_STACKS says. */
function open(stack: string): Opened | Faulty {
  const folder = process.env.MILLRACE_STACKS || fileURLToPath(new URL("../../stacks", import.meta.url));
  const site = opened.get(stack) ?? openSite(resolve(folder), stack, RULE_IDS);
  opened.set(stack, site);
  return site;
}

/** The blueprint under the name that people know it by, whatever folder it was read from. */
function shown(source: SiteSource): SiteSource {
  const file = `stacks/${source.file.split("/").slice(-2).join("/")}`;
  return { file, text: source.text, locate: (path, at) => ({ ...source.locate(path, at), file }) };
}

/** The first fault whole; each rule says it, so the others are only counted. */
function faultText({ faults, source }: Faulty): string {
  const rest = faults.length > 1 ? `\nand ${faults.length - 1} more: millrace check` : "";
  return `unproved: the blueprint cannot be read\n${showFaults(faults.slice(0, 1), shown(source))}${rest}`;
}

function findingText({ verdict, message, fix, at }: Finding, { source }: Opened): string {
  const place = showPosition(shown(source).locate(at));
  return `${verdict}: ${inert(message, MAX_TEXT)}\n${place}${fix === null ? "" : `\nfix: ${inert(fix, MAX_TEXT)}`}`;
}

/** The resource that an input of the finding came from, else the stack. */
const urnOf = (finding: Finding, stackUrn: string): string =>
  finding.evidence.inputs
    .find(({ from, value }) => from.startsWith("urn:pulumi:") && value !== true)
    ?.from.split("#")[0] ?? stackUrn;
