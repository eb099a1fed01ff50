import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { didYouMean } from "../components/site/nearest.ts";
import { stacksOf } from "./folder.ts";
import { Problem } from "./problem.ts";

/** A site's name becomes its stack's and part of every resource's. */
export const SITE_NAME = {
  pattern: /^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$/,
  allowed: "at most 31 of a-z, 0-9 and hyphens, a letter first, no hyphen last",
} as const;

/** Sites by name: the folders under stacks/ that hold a site.yaml. */
export const sitesIn = (root: string): readonly string[] =>
  readdirSync(stacksOf(root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(stacksOf(root), entry.name, "site.yaml")))
    .map(({ name }) => name)
    .sort();

/** A site that exists, by name. */
export function chosenSite(root: string, name: string | undefined): string {
  const sites = sitesIn(root);
  const listed = sites.length === 0 ? "none yet" : sites.join(", ");
  const make = "make one: millrace init <site>";
  if (name === undefined) {
    throw new Problem({ what: "which site", got: "no name", allowed: listed, fix: `name one, or ${make}` });
  }
  if (!sites.includes(name)) {
    throw new Problem({ what: "unknown site", got: name, allowed: listed, fix: didYouMean(name, sites, make) });
  }
  if (!SITE_NAME.pattern.test(name)) {
    throw new Problem({ what: "name of the site", got: name, allowed: SITE_NAME.allowed, fix: "rename its folder" });
  }
  return name;
}
