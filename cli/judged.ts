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
import { type AsOf, shownStacks } from "./choice.ts";
import { Problem } from "./problem.ts";

/** A site with what the rules say of it. */
export interface Judged {
  readonly opened: Opened;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly asOf: AsOf;
}

/** Reads, plans and judges a site on the objects that its plan registers; faults of the file come back as data. */
export function judgeSite(root: string, site: string, when: AsOf, config: PackConfig | null): Judged | Faulty {
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
export function packConfig(file: string | undefined): PackConfig | null {
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
