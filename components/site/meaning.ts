import type { Fault } from "./fault.ts";
import { nearest } from "./nearest.ts";
import type { Site } from "./schema.ts";
import { expandIds } from "./template.ts";

/** Ids that stand outside the file: the catalog's and the registry's. */
export interface KnownIds {
  readonly systems: readonly string[];
  readonly models: readonly string[];
  readonly gates: readonly string[];
  /** Null where no policy pack is at hand. */
  readonly rules: readonly string[] | null;
}

/** An id with the path where it stands. */
interface Named {
  readonly id: string;
  readonly path: string;
}

const MAX_RACKS = 2_000_000;

/** What the shape cannot say: ids are unique, references meet, racks are counted once, dates run forward. */
export function meaningFaults(site: Site, known: KnownIds): readonly Fault[] {
  const buildings = named(
    site.buildings.map(({ id }) => id),
    "buildings",
  );
  const phaseBuildings = site.phases.flatMap(({ buildings: ids }, phase) =>
    ids.flatMap((template, index) => named([template], "", `phases[${phase}].buildings[${index}]`)),
  );
  return [
    ...emptyTemplates(site),
    ...doubled(buildings, "building"),
    ...doubled(
      named(
        site.power.services.map(({ id }) => id),
        "power.services",
      ),
      "service",
    ),
    ...doubled(
      named(
        site.power.generation.map(({ id }) => id),
        "power.generation",
      ),
      "plant",
    ),
    ...doubled(
      named(
        site.power.distribution.map(({ id }) => id),
        "power.distribution",
      ),
      "level",
    ),
    ...doubled(
      named(
        site.phases.map(({ id }) => id),
        "phases",
      ),
      "phase",
    ),
    ...doubled(
      named(
        site.pools.map(({ id }) => id),
        "pools",
      ),
      "pool",
    ),
    ...doubled(
      named(
        site.serving.tenants.map(({ id }) => id),
        "serving.tenants",
      ),
      "tenant",
    ),
    ...doubled(
      named(
        site.serving.endpoints.map(({ id }) => id),
        "serving.endpoints",
      ),
      "endpoint",
    ),
    ...doubled(phaseBuildings, "building", "a building comes with one phase only"),
    ...doubled(
      site.pools.map(({ phase }, index) => ({ id: phase, path: `pools[${index}].phase` })),
      "phase",
      "the racks of a phase belong to one pool only",
    ),
    ...missing(
      phaseBuildings,
      "building",
      buildings.map(({ id }) => id),
      "of the site",
    ),
    ...missing(field(site.buildings, "buildings", "system"), "system", known.systems, "of the catalog"),
    ...missing(
      field(site.pools, "pools", "phase"),
      "phase",
      site.phases.map(({ id }) => id),
      "of the site",
    ),
    ...missing(
      field(site.serving.endpoints, "serving.endpoints", "tenant"),
      "tenant",
      site.serving.tenants.map(({ id }) => id),
      "of the site",
    ),
    ...missing(
      field(site.serving.endpoints, "serving.endpoints", "pool"),
      "pool",
      site.pools.map(({ id }) => id),
      "of the site",
    ),
    ...missing(field(site.serving.endpoints, "serving.endpoints", "model"), "model", known.models, "of the catalog"),
    ...site.phases.flatMap(({ evidence }, phase) =>
      missing(field(evidence, `phases[${phase}].evidence`, "gate"), "gate", known.gates, "of the catalog"),
    ),
    ...(known.rules === null
      ? []
      : missing(field(site.waivers ?? [], "waivers", "rule"), "rule", known.rules, "of the policy pack")),
    ...homeless(buildings, phaseBuildings),
    ...mixedSystems(site),
    ...spares(site),
    ...endsBeforeItStarts(site),
    ...phaseOrder(site),
    ...tooManyRacks(site),
    ...namespaces(site),
  ];
}

/** Every id that a list of templates stands for, at the path of its template. */
const named = (templates: readonly string[], list: string, path?: string): readonly Named[] =>
  templates.flatMap((template, index) =>
    expandIds(template).map((id) => ({ id, path: path ?? `${list}[${index}].id` })),
  );

const field = <Key extends string>(
  items: readonly Readonly<Record<Key, string>>[],
  list: string,
  key: Key,
): readonly Named[] => items.map((item, index) => ({ id: item[key], path: `${list}[${index}].${key}` }));

function emptyTemplates(site: Site): readonly Fault[] {
  const templates: readonly Named[] = [
    ...site.buildings.map(({ id }, index) => ({ id, path: `buildings[${index}].id` })),
    ...site.power.services.map(({ id }, index) => ({ id, path: `power.services[${index}].id` })),
    ...site.phases.flatMap(({ buildings }, phase) =>
      buildings.map((id, index) => ({ id, path: `phases[${phase}].buildings[${index}]` })),
    ),
  ];
  return templates
    .filter(({ id }) => expandIds(id).length === 0)
    .map(({ id, path }) => ({
      path,
      problem: "run that falls",
      got: id,
      allowed: "a first number no larger than the last",
      fix: "swap the two numbers",
    }));
}

function doubled(names: readonly Named[], kind: string, allowed = `each ${kind} once`): readonly Fault[] {
  const first = new Map<string, string>();
  return names.flatMap(({ id, path }) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, path);
    return earlier === undefined
      ? []
      : [
          {
            path,
            problem: `${kind} stands twice`,
            got: `${id}, already at ${earlier}`,
            allowed,
            fix: "rename it, or take one out",
          },
        ];
  });
}

function missing(names: readonly Named[], kind: string, known: readonly string[], where: string): readonly Fault[] {
  const ids = new Set(known);
  return names
    .filter(({ id }) => !ids.has(id))
    .map(({ id, path }) => {
      const near = nearest(id, known);
      const allowed =
        known.length === 0
          ? `there is no ${kind} ${where}`
          : known.length <= 12
            ? known.join(", ")
            : `one of the ${known.length} ${kind}s ${where}`;
      return {
        path,
        problem: `unknown ${kind}`,
        got: id,
        allowed,
        fix: near === null ? `name a ${kind} ${where}` : `did you mean ${near}?`,
      };
    });
}

function homeless(buildings: readonly Named[], used: readonly Named[]): readonly Fault[] {
  const homes = new Set(used.map(({ id }) => id));
  return buildings
    .filter(({ id }) => !homes.has(id))
    .map(({ id, path }) => ({
      path,
      problem: "building in no phase",
      got: id,
      allowed: "each building in one phase",
      fix: `add ${id} to the buildings of a phase`,
    }));
}

function mixedSystems(site: Site): readonly Fault[] {
  const systemOf = new Map(
    site.buildings.flatMap(({ id, system }) => expandIds(id).map((building) => [building, system] as const)),
  );
  return site.pools.flatMap(({ phase }, index) => {
    const ids = site.phases.find(({ id }) => id === phase)?.buildings.flatMap(expandIds) ?? [];
    const systems = [...new Set(ids.flatMap((id) => systemOf.get(id) ?? []))].sort();
    return systems.length <= 1
      ? []
      : [
          {
            path: `pools[${index}].phase`,
            problem: "pool of mixed systems",
            got: systems.join(", "),
            allowed: "one system a pool",
            fix: "split the phase by system",
          },
        ];
  });
}

function spares(site: Site): readonly Fault[] {
  const racksOf = new Map(
    site.buildings.flatMap(({ id, halls, podsPerHall, racksPerPod }) =>
      expandIds(id).map((building) => [building, halls * podsPerHall * racksPerPod] as const),
    ),
  );
  return site.pools.flatMap(({ phase, spareRacks }, index) => {
    const ids = site.phases.find(({ id }) => id === phase)?.buildings.flatMap(expandIds) ?? [];
    const racks = ids.reduce((sum, id) => sum + (racksOf.get(id) ?? 0), 0);
    return racks === 0 || spareRacks < racks
      ? []
      : [
          {
            path: `pools[${index}].spareRacks`,
            problem: "no rack left in service",
            got: String(spareRacks),
            allowed: `fewer than the ${racks} racks of ${phase}`,
            fix: "hold fewer spares",
          },
        ];
  });
}

function endsBeforeItStarts(site: Site): readonly Fault[] {
  return (["services", "generation"] as const).flatMap((list) =>
    site.power[list].flatMap(({ from, until }, index) =>
      until === undefined || until >= from
        ? []
        : [
            {
              path: `power.${list}[${index}].until`,
              problem: "ends before it starts",
              got: until,
              allowed: `${from} or later`,
              fix: "swap the two, or mend one",
            },
          ],
    ),
  );
}

function phaseOrder(site: Site): readonly Fault[] {
  return site.phases.flatMap(({ from }, index) => {
    const before = site.phases[index - 1]?.from;
    return before === undefined || before <= from
      ? []
      : [
          {
            path: `phases[${index}].from`,
            problem: "phase out of order",
            got: from,
            allowed: `${before} or later`,
            fix: "list the phases in the order in which they come online",
          },
        ];
  });
}

function tooManyRacks(site: Site): readonly Fault[] {
  const racks = site.buildings.map(
    ({ id, halls, podsPerHall, racksPerPod }) => expandIds(id).length * halls * podsPerHall * racksPerPod,
  );
  const index = racks.findIndex((count) => count > MAX_RACKS);
  return index === -1
    ? []
    : [
        {
          path: `buildings[${index}]`,
          problem: "too many racks",
          got: String(racks[index]),
          allowed: `at most ${MAX_RACKS}`,
          fix: "check halls, podsPerHall and racksPerPod",
        },
      ];
}

/** The name of a Kubernetes namespace. */
function namespaces(site: Site): readonly Fault[] {
  return site.network.ingressNamespaces.flatMap((name, index) =>
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)
      ? []
      : [
          {
            path: `network.ingressNamespaces[${index}]`,
            problem: "not a namespace",
            got: name,
            allowed: "lower case, digits and hyphens, at most 63",
            fix: "name it as the cluster does",
          },
        ],
  );
}
