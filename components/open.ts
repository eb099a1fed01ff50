import type { Catalog } from "./catalog/catalog.ts";
import type { Measure } from "./catalog/gate.ts";
import { loadCatalog } from "./catalog/load.ts";
import { type PlannedSite, planSite } from "./plan.ts";
import type { Fault } from "./site/fault.ts";
import { type KnownIds, loadSite, type SiteSource } from "./site/load.ts";
import type { Site } from "./site/schema.ts";

export interface Opened extends PlannedSite {
  readonly ok: true;
  readonly site: Site;
  readonly catalog: Catalog;
  readonly source: SiteSource;
}
export interface Faulty {
  readonly ok: false;
  readonly faults: readonly Fault[];
  readonly source: SiteSource;
}

/**
 * Reads and plans `<stacksDir>/<siteId>/site.yaml`; faults of the file come back as data. Rule ids are the policy
 * pack's: null where none is at hand, and waivers are then not held against them.
 */
export function openSite(stacksDir: string, siteId: string, ruleIds: readonly string[] | null): Opened | Faulty {
  const catalog = loadCatalog();
  const loaded = loadSite(`${stacksDir}/${siteId}/site.yaml`, knownIds(catalog, ruleIds));
  if (!loaded.ok) return loaded;
  return { ok: true, site: loaded.site, ...planSite(siteId, loaded.site, catalog), catalog, source: loaded.source };
}

/** Ids that a blueprint may name, of the catalog and of the policy pack. */
export const knownIds = (catalog: Catalog, rules: readonly string[] | null): KnownIds => ({
  systems: [...catalog.systems.keys()],
  coolants: [...catalog.coolants.keys()],
  switches: [...catalog.switches.keys()],
  models: [...catalog.models.keys()],
  traffic: [...catalog.traffic.keys()],
  gates: catalog.gates.map(({ id }) => id),
  instances: [...catalog.instances.keys()],
  ultraServers: [...catalog.ultraServers.keys()],
  studies: catalog.studies.map(({ id }) => id),
  measures: new Map(catalog.gates.map(({ id, measures }) => [id, new Map(measures.map(knownMeasure))])),
  rules,
});

const knownMeasure = ({ id, dimension, limits }: Measure) =>
  [id, { dimension, agreeable: limits.length === 1 }] as const;
