import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "../../components/catalog/load.ts";
import { knownIds, type Opened } from "../../components/open.ts";
import { planSite } from "../../components/plan.ts";
import { type KnownIds, type LoadResult, readSite } from "../../components/site/load.ts";
import { RULE_IDS } from "../../policies/registry.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
export const catalog = loadCatalog();
export const known: KnownIds = knownIds(catalog, RULE_IDS);

export const siteText = (site: string): string => readFileSync(`${ROOT}/stacks/${site}/site.yaml`, "utf8");
export const reading = (text: string, site = "lab"): LoadResult => readSite(text, `stacks/${site}/site.yaml`, known);

/** A site from text, planned; the test fails on faults. */
export function opening(text: string, site = "lab"): Opened {
  const loaded = reading(text, site);
  if (!loaded.ok)
    throw new Error(loaded.faults.map(({ path, problem, got }) => `${path}: ${problem}: ${got}`).join("\n"));
  return { ok: true, site: loaded.site, source: loaded.source, catalog, ...planSite(site, loaded.site, catalog) };
}

/** The lab site without the document of a gate. */
export function labWithoutGate(gate: string): string {
  const text = siteText("lab");
  const without = text.replace(new RegExp(`^ {6}- gate: ${gate}\\n(?: {8}.*\\n)*`, "m"), "");
  if (without === text) throw new Error(`the lab site has no document for ${gate}`);
  return without;
}

export type Replacements = readonly (readonly [piece: string, by: string])[];

/** A site of ours with pieces of its text replaced; each piece must be there. */
const siteWith = (site: string, replacements: Replacements): string =>
  replacements.reduce((text, [piece, by]) => {
    if (!text.includes(piece)) throw new Error(`${site} has no "${piece}"`);
    return text.replace(piece, by);
  }, siteText(site));

/** The lab site with pieces replaced, and its studies made for the result. */
export const labWith = (...replacements: Replacements): string => restudied(siteWith("lab", replacements));
export const ohioWith = (...replacements: Replacements): string => siteWith("aws-ohio", replacements);

/** The text of a site of one phase, its studies made anew for what it says now; a text that is no site stays as it is. */
function restudied(text: string): string {
  const read = reading(text);
  if (!read.ok) return text;
  const { studies } = planSite("lab", read.site, catalog).plan;
  return studies.reduce(
    (all, { study, madeFor }) =>
      all.replace(new RegExp(`(- study: ${study}\\n(?: {8}.*\\n)*? {8}madeFor: ).*`), `$1${madeFor}`),
    text,
  );
}
