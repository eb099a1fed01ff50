import { readFileSync } from "node:fs";
import { type Faulty, type Opened, openSite } from "../components/open.ts";
import { check, type Summary, summaryOf } from "../policies/check.ts";
import type { Finding } from "../policies/finding.ts";
import { type PackConfig, readPackConfig } from "../policies/pack-config.ts";
import { plannedObjects, plannedResources } from "../policies/planned.ts";
import type { RegisteredObject } from "../policies/registered.ts";
import { RULE_IDS } from "../policies/registry.ts";
import { type AsOf, readAsOf } from "./as-of.ts";
import { rootFolder, shownPath, stacksOf } from "./folder.ts";
import { Problem } from "./problem.ts";
import { chosenSite } from "./sites.ts";

/** The options that say what is judged, and by what. */
export interface JudgeOptions {
  readonly cwd?: string;
  readonly asOf?: string;
  readonly policyPackConfig?: string;
}

/** A site with what the rules say of it. */
export interface Judged {
  readonly opened: Opened;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly asOf: AsOf;
}

/** What a command goes on with, as its options chose it: where, which site, on which day, and what it comes to. */
export interface Chosen {
  readonly root: string;
  readonly site: string;
  readonly asOf: AsOf;
  readonly config: PackConfig | null;
  readonly judged: Judged | Faulty;
}

/** Reads the options, then the site, and judges it on the objects that its plan registers. */
export function judgeSite(name: string | undefined, options: JudgeOptions): Chosen {
  const asOf = readAsOf(options.asOf);
  const config = packConfig(options.policyPackConfig);
  const root = rootFolder(options.cwd);
  const site = chosenSite(root, name);
  const opened = openSite(shownPath(stacksOf(root)), site, RULE_IDS);
  const judged = opened.ok ? judgeObjects(opened, plannedObjects(opened), asOf, config) : opened;
  return { root, site, asOf, config, judged };
}

/** Judges a site on given objects: the plan's own, or those that a run has recorded. */
export function judgeObjects(
  opened: Opened,
  registered: readonly RegisteredObject[],
  asOf: AsOf,
  config: PackConfig | null,
): Judged {
  const { plan, catalog, site } = opened;
  const findings = check(
    { plan, catalog, waivers: site.waivers ?? [], registered, resources: plannedResources(opened), ...asOf },
    config,
  );
  return { opened, findings, summary: summaryOf(findings), asOf };
}

/** Faults of the blueprint; what was judged has none. */
export const isFaulty = (judged: Judged | Faulty): judged is Faulty => "faults" in judged;

/** The policy-pack configuration that was named, or none. */
function packConfig(file: string | undefined): PackConfig | null {
  if (file === undefined) return null;
  const read = readPackConfig(textOf(file), file, RULE_IDS);
  if ("levels" in read) return read;
  throw new Problem(
    ...read.map(({ problem, got, allowed, fix }) => ({ what: `${file}: ${problem}`, got, allowed, fix })),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    const allowed = "a JSON file that can be read";
    throw new Problem({ what: "--policy-pack-config", got: file, allowed, fix: "check the path" });
  }
}
