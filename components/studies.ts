import { createHash } from "node:crypto";
import type { Study } from "./catalog/gate.ts";
import type { PhasePlan, Plan, StudyPlan } from "./plan-types.ts";
import type { Power } from "./power/schema.ts";
import { readPath } from "./site/path.ts";
import type { Site } from "./site/schema.ts";
import { isFact } from "./site/stated-facts.ts";
import type { Total } from "./total.ts";

type Planned = Omit<Plan, "studies">;
type Powered = Site & { readonly power: Power };
type Part = (phase: PhasePlan, site: Powered, plan: Planned) => unknown;

/**
 * Parts of the plan that studies are made for, as one phase sees them: what the equipment is, and not what Millrace computes
 * of it, so that a study outlives a better computation. A part is one line here; the catalog's studies name those that
 * they rest on.
 */
export const PARTS: Readonly<Record<string, Part>> = {
  supply: ({ from }, { power }) => [power.services, power.generation].map((all) => all.filter(suppliesAfter(from))),
  distribution: ({ buildings }, { power }) => [
    sharedDigest(power.asBuilt ?? power.distribution),
    buildings.map(({ id }) => id),
  ],
  halls: ({ buildings }, site) => buildings.map((building) => [racksOf(building), hallOf(building, site) ?? null]),
  cooling: ({ buildings }, { cooling }) => [cooling && sharedDigest(cooling), buildings.map(({ id }) => id)],
  load: ({ from }, _, { ledger }) => ledger.filter(({ quarter }) => quarter === from).map(({ meter }) => sumOf(meter)),
};

/**
 * For every phase and study: what it is to be made for, and the documents that the blueprint states. Where a site rents its
 * instances, supply, feeds and halls are studied by the landlord.
 */
export function planStudies(site: Site, plan: Planned, studies: readonly Study[]): readonly StudyPlan[] {
  const { power } = site;
  if (power === undefined) return [];
  const powered = { ...site, power };
  return plan.phases.flatMap((phase, index) => {
    const digests = new Map(Object.entries(PARTS).map(([name, part]) => [name, digest(part(phase, powered, plan))]));
    const stated = (site.phases[index]?.studies ?? []).map((study, at) => ({
      ...study,
      at: `${phase.at}.studies[${at}]`,
    }));
    return studies.map(({ id, parts }) => ({
      phase: phase.id,
      study: id,
      madeFor: parts.map((name) => `${name}:${known(digests, name)}`).join(" "),
      stated: stated.filter(({ study }) => study === id).map(({ study: _, ...document }) => document),
      at: `${phase.at}.studies`,
    }));
  });
}

function known(digests: ReadonlyMap<string, string>, name: string): string {
  const found = digests.get(name);
  if (found === undefined) throw new Error(`a study rests on ${name}, which is no part of the plan`);
  return found;
}

/** Twelve hex digits of the canonical JSON: they change with any figure of a part, and not with where it was found. */
const digest = (part: unknown): string => createHash("sha256").update(canonical(part)).digest("hex").slice(0, 12);

/** What all phases share, digested once: an as-built one-line has a node a line. The blueprint is frozen, so it stays true. */
function sharedDigest(shared: object): string {
  const digested = DIGESTS.get(shared) ?? digest(shared);
  DIGESTS.set(shared, digested);
  return digested;
}
const DIGESTS = new WeakMap<object, string>();

/** JSON with sorted keys; a figure is its value alone, whoever states it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  if (isFact(value)) return canonical(value.value);
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join()}}`;
}

const suppliesAfter =
  (quarter: string) =>
  ({ until }: { readonly until?: string }): boolean =>
    until === undefined || until >= quarter;

const racksOf = ({ id, system, halls, podsPerHall, racksPerPod, rackWatts, it }: PhasePlan["buildings"][number]) => ({
  id,
  system,
  halls,
  podsPerHall,
  racksPerPod,
  rackWatts,
  it: sumOf(it),
});

/** Geometry of its halls, where the blueprint states it. */
const hallOf = ({ at }: PhasePlan["buildings"][number], { buildings }: Site) =>
  buildings?.[Number(readPath(at)[1])]?.hall;

/** A sum of which a part is unknown is another one than the same sum in full. */
const sumOf = ({ known: watts, missing }: Total) => ({ watts, complete: missing.length === 0 });
