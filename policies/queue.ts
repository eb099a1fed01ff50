import { LABEL } from "../components/kubernetes.ts";
import { flattened, type RegisteredObject, readList, readText, UNKNOWN } from "./registered.ts";
import type { Workload } from "./workload.ts";

/** A registered ClusterQueue: the pool it is for, and its nominal quota of each resource. */
export interface ClusterQueue {
  readonly urn: string;
  readonly name: string | typeof UNKNOWN;
  readonly pool: string | null | typeof UNKNOWN;
  readonly held: boolean | null;
  readonly quota: (resource: string) => number | null;
}

export function clusterQueuesOf(objects: readonly RegisteredObject[]): readonly ClusterQueue[] {
  return ofKind(objects, "ClusterQueue").map(({ urn, object }) => {
    const stop = readText(object, "spec", "stopPolicy");
    return {
      urn,
      name: readText(object, "metadata", "name") ?? "unnamed",
      pool: readText(object, "metadata", "labels", LABEL.pool),
      held: stop === UNKNOWN ? null : stop === "Hold" || stop === "HoldAndDrain",
      quota: (resource) => quotaOf(object, resource),
    };
  });
}

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
    .filter((each) => readText(each, "name") === resource)
    .reduce<number | null>((sum, each) => {
      const quota = quantityOf(each);
      return sum === null || quota === null ? null : sum + quota;
    }, 0);
}

/** A Kubernetes quantity of whole units: "280000", "280k", "1M". */
function quantityOf(resource: unknown): number | null {
  const found = resource as { readonly nominalQuota?: unknown };
  const [, digits, suffix = ""] = /^(\d{1,15})([kMGT]?)$/.exec(String(found.nominalQuota ?? "")) ?? [];
  return digits === undefined ? null : Number(digits) * 10 ** (SUFFIX.get(suffix) ?? 0);
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
    ofKind(objects, "LocalQueue").map(({ object }) => [
      `${String(readText(object, "metadata", "namespace"))}/${String(readText(object, "metadata", "name"))}`,
      readText(object, "spec", "clusterQueue"),
    ]),
  );
  return ({ queue, namespace }) => {
    if (queue === null) return null;
    if (queue === UNKNOWN || namespace === UNKNOWN) return UNKNOWN;
    const target = localQueues.get(`${namespace}/${queue}`);
    if (target === UNKNOWN) return UNKNOWN;
    return target === undefined || target === null ? null : (clusterQueues.get(target) ?? null);
  };
}

const ofKind = (objects: readonly RegisteredObject[], kind: string): readonly RegisteredObject[] =>
  flattened(objects).filter(({ object }) => readText(object, "kind") === kind);
