import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "../../components/catalog/load.ts";
import type { Opened } from "../../components/open.ts";
import { planSite } from "../../components/plan.ts";
import { type KnownIds, type LoadResult, readSite } from "../../components/site/load.ts";
import { RULE_IDS } from "../../policies/registry.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
export const catalog = loadCatalog();
export const known: KnownIds = {
  systems: [...catalog.systems.keys()],
  models: [...catalog.models.keys()],
  gates: catalog.gates.map(({ id }) => id),
  rules: RULE_IDS,
};

export const siteText = (site: string): string => readFileSync(`${ROOT}/stacks/${site}/site.yaml`, "utf8");
export const reading = (text: string, site = "lab"): LoadResult => readSite(text, `stacks/${site}/site.yaml`, known);

/** A site from text, planned; the test fails on faults. */
export function opening(text: string, site = "lab"): Opened {
  const loaded = reading(text, site);
  if (!loaded.ok)
    throw new Error(loaded.faults.map(({ path, problem, got }) => `${path}: ${problem}: ${got}`).join("\n"));
  return { ok: true, site: loaded.site, source: loaded.source, catalog, plan: planSite(site, loaded.site, catalog) };
}

/** The lab site with pieces of its text replaced; each piece must be there. */
export function labWith(...replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((text, [piece, by]) => {
    if (!text.includes(piece)) throw new Error(`the lab site has no "${piece}"`);
    return text.replace(piece, by);
  }, siteText("lab"));
}
