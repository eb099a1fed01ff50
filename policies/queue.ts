import { LABEL } from "../components/kubernetes.ts";
import type { PoolPlan } from "../components/plan-types.ts";
import {
  flattened,
  type Read,
  type RegisteredObject,
  read,
  readList,
  readText,
  type Text,
  UNKNOWN,
} from "./registered.ts";
import type { Workload } from "./workload.ts";

/** A registered ClusterQueue: the pool it is for, and its nominal quota of each resource. */
export interface ClusterQueue {
  readonly urn: string;
  readonly name: string | typeof UNKNOWN;
  /** Name for people; that of the resource where the object's own is not known. */
  readonly shown: string;
  readonly pool: Text;
  readonly held: boolean | null;
  readonly quota: (resource: string) => number | null;
}

export const clusterQueuesOf = (objects: readonly RegisteredObject[]): readonly ClusterQueue[] =>
  holdersOf(objects, "ClusterQueue");

/** Everything that hands out quota: queues, and the cohorts from which queues may borrow. */
export const quotaHoldersOf = (objects: readonly RegisteredObject[]): readonly ClusterQueue[] => [
  ...clusterQueuesOf(objects),
  ...holdersOf(objects, "Cohort"),
];

function holdersOf(objects: readonly RegisteredObject[], kind: "ClusterQueue" | "Cohort"): readonly ClusterQueue[] {
  return ofKind(objects, kind).map(({ urn, object }) => {
    const stop = readText(object, "spec", "stopPolicy");
    const name = readText(object, "metadata", "name") ?? urn.replace(/^.*::/, "");
    return {
      urn,
      name,
      shown: name === UNKNOWN ? urn.replace(/^.*::/, "") : name,
      pool: readText(object, "metadata", "labels", LABEL.pool),
      held: stop === UNKNOWN ? null : stop === "Hold" || stop === "HoldAndDrain",
      quota: (resource) => quotaOf(object, resource),
    };
  });
}

/** Those that are the pool's, or may be: their label is not known. */
export const queuesFor = (queues: readonly ClusterQueue[], pool: PoolPlan): readonly ClusterQueue[] =>
  queues.filter((queue) => queue.pool === pool.id || queue.pool === UNKNOWN);

/** Those of no pool of the plan. */
export const strangersOf = (queues: readonly ClusterQueue[], pools: readonly PoolPlan[]): readonly ClusterQueue[] =>
  queues.filter(({ pool }) => pool !== UNKNOWN && !pools.some(({ id }) => id === pool));

/** Sum of the nominal quota over all flavors; null where a part is not known. */
function quotaOf(object: unknown, resource: string): number | null {
  const groups = readList(object, "spec", "resourceGroups");
  if (groups === UNKNOWN) return null;
  const flavors = groups.map((group) => readList(group, "flavors"));
  const resources = flavors.flatMap((list) =>
    list === UNKNOWN ? [UNKNOWN] : list.map((flavor) => readList(flavor, "resources")),
  );
  if (resources.includes(UNKNOWN)) return null;
  return resources
    .flatMap((list) => list as readonly unknown[])
    .map((each) => ({ each, name: readText(each, "name") }))
    .filter(({ name }) => name === resource || name === UNKNOWN)
    .reduce<number | null>((sum, { each, name }) => {
      const quota = name === UNKNOWN ? null : quantityOf(read(each, "nominalQuota"));
      return sum === null || quota === null ? null : sum + quota;
    }, 0);
}

/** A Kubernetes quantity of whole units: "280000", "280k", "1.5M". */
function quantityOf(found: Read): number | null {
  if (!found.known || (typeof found.value !== "string" && typeof found.value !== "number")) return null;
  const [, whole, fraction = "", suffix = ""] =
    /^(\d{1,15})(?:\.(\d{1,12}))?([kMGT]?)$/.exec(String(found.value)) ?? [];
  const quantity = whole === undefined ? null : Number(`${whole}.${fraction}e${SUFFIX.get(suffix)}`);
  return quantity !== null && Number.isSafeInteger(quantity) ? quantity : null;
}
const SUFFIX = new Map([
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
]);

/** ClusterQueue that a workload's queue label leads to: null where it leads nowhere, UNKNOWN where it cannot be told. */
export function queueResolver(
  objects: readonly RegisteredObject[],
): (workload: Workload) => ClusterQueue | null | typeof UNKNOWN {
  const clusterQueues = new Map(clusterQueuesOf(objects).map((queue) => [queue.name, queue]));
  const localQueues = new Map(
    ofKind(objects, "LocalQueue").map(({ object }) => [placeOf(object), readText(object, "spec", "clusterQueue")]),
  );
  // A queue that is not known may be the one that is looked for.
  const noLocal = localQueues.has(UNKNOWN) ? UNKNOWN : null;
  const noCluster = clusterQueues.has(UNKNOWN) ? UNKNOWN : null;
  return ({ queue, namespace }) => {
    if (queue === null) return null;
    if (queue === UNKNOWN || namespace === UNKNOWN) return UNKNOWN;
    const target = localQueues.get(`${namespace}/${queue}`);
    if (target === UNKNOWN) return UNKNOWN;
    if (target === undefined) return noLocal;
    return target === null ? null : (clusterQueues.get(target) ?? noCluster);
  };
}

/** Namespace and name of a queue; UNKNOWN where either is. */
function placeOf(object: unknown): string | typeof UNKNOWN {
  const namespace = readText(object, "metadata", "namespace");
  const name = readText(object, "metadata", "name");
  return namespace === UNKNOWN || name === UNKNOWN ? UNKNOWN : `${namespace ?? "default"}/${name ?? ""}`;
}

const ofKind = (objects: readonly RegisteredObject[], kind: string): readonly RegisteredObject[] =>
  flattened(objects).filter(({ object }) => readText(object, "kind") === kind);
