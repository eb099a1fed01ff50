import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectsOf } from "../components/objects.ts";
import { type Faulty, type Opened, openSite } from "../components/open.ts";
import { inert } from "../components/site/show-fault.ts";
import { check, type Summary, summaryOf } from "../policies/check.ts";
import type { Finding } from "../policies/finding.ts";
import { type PackConfig, readPackConfig } from "../policies/pack-config.ts";
import type { RegisteredObject } from "../policies/registered.ts";
import { RULE_IDS } from "../policies/registry.ts";
import { type AsOf, asOf, chosenSite, rootFolder, shownStacks } from "./choice.ts";
import { Problem } from "./problem.ts";

/** A site with what the rules say of it. */
export interface Judged {
  readonly opened: Opened;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly asOf: AsOf;
}

/** What every command that judges is told. */
export interface JudgeOptions {
  readonly cwd?: string;
  readonly asOf?: string;
  readonly policyPackConfig?: string;
}

/** The site that a command is about, judged on its plan, with what it takes to judge it again. */
export interface Start {
  readonly root: string;
  readonly site: string;
  readonly config: PackConfig | null;
  readonly judged: Judged | Faulty;
}

/** Reads the options, the site and its verdict; mistakes on the command line are thrown as `Problem`. */
export function startJudged(name: string | undefined, options: JudgeOptions): Start {
  const when = asOf(options.asOf);
  const config = packConfig(options.policyPackConfig);
  const root = rootFolder(options.cwd);
  const site = chosenSite(root, name);
  return { root, site, config, judged: judgeSite(root, site, when, config) };
}

/** Reads, plans and judges a site on the objects that its plan registers; faults of the file come back as data. */
function judgeSite(root: string, site: string, when: AsOf, config: PackConfig | null): Judged | Faulty {
  const opened = openSite(shownStacks(root), site, RULE_IDS);
  return opened.ok ? judgeObjects(opened, plannedObjects(opened), when, config) : opened;
}

/** Judges a site on given objects: the plan's own, or those a run has recorded. */
export function judgeObjects(
  opened: Opened,
  registered: readonly RegisteredObject[],
  when: AsOf,
  config: PackConfig | null,
): Judged {
  const { plan, catalog, site } = opened;
  const findings = check({ plan, catalog, waivers: site.waivers ?? [], registered, ...when }, config);
  return { opened, findings, summary: summaryOf(findings), asOf: when };
}

const plannedObjects = ({ plan, catalog }: Opened): readonly RegisteredObject[] =>
  objectsOf(plan, catalog).map(({ name, object }) => ({ urn: `plan:${name}`, object }));

/** The policy-pack configuration that was named, or none. */
function packConfig(file: string | undefined): PackConfig | null {
  if (file === undefined) return null;
  const read = readPackConfig(textOf(file), file, RULE_IDS);
  if (!("levels" in read)) {
    const [fault] = read;
    throw new Problem(
      `${inert(file)}: ${fault?.problem ?? "faulty"}`,
      inert(fault?.got ?? ""),
      fault?.allowed ?? "",
      fault?.fix ?? "",
    );
  }
  return read;
}

function textOf(file: string): string {
  try {
    return readFileSync(join(file), "utf8");
  } catch {
    throw new Problem("--policy-pack-config", inert(file), "a readable JSON file", "check the path");
  }
}
