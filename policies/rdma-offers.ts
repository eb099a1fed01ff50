import { LABEL } from "../components/kubernetes.ts";
import type { PoolPlan } from "../components/plan-types.ts";
import { read, readCount, readList, readText, UNKNOWN } from "./registered.ts";

/** A resource that a device plugin of a NicClusterPolicy offers on the nodes with NICs that it selects. */
export interface RdmaOffer {
  /** @example "rdma/compute" */
  readonly resource: string;
  /** Pods of a node that may have it at once; null where that is not known, or the NICs decide. */
  readonly most: number | null;
  /** Whether it selects NICs of a PCI vendor and device: "15b3:1023". */
  readonly selects: (nic: string) => boolean | null;
}

/** What the plugins of a policy offer; null where a configuration cannot be read. */
export function rdmaOffersOf(policy: unknown): readonly RdmaOffer[] | null {
  const shared = entriesOf(policy, "rdmaSharedDevicePlugin", "configList");
  const virtual = entriesOf(policy, "sriovDevicePlugin", "resourceList");
  if (shared === null || virtual === null) return null;
  return [
    ...shared.map((entry) => ({
      resource: nameOf(entry, "rdma"),
      most: readCount(entry, ["rdmaHcaMax"], 0),
      selects: (nic: string) => selects(entry, nic, "deviceIDs"),
    })),
    // A virtual function has a device of its own: its vendor alone can be told from the NIC.
    ...virtual.map((entry) => ({
      resource: nameOf(entry, "nvidia.com"),
      most: null,
      selects: (nic: string) => (selects(entry, nic, null) === false ? false : null),
    })),
  ];
}

/** Entries of a plugin's configuration, a text of JSON; none where the policy does not have the plugin. */
function entriesOf(policy: unknown, plugin: string, list: string): readonly unknown[] | null {
  const stated = read(policy, "spec", plugin);
  if (stated.known && (stated.value === undefined || stated.value === null)) return [];
  const config = readText(policy, "spec", plugin, "config");
  if (typeof config !== "string") return null;
  try {
    const entries = readList(JSON.parse(config), list);
    return entries === UNKNOWN ? null : entries;
  } catch {
    return null;
  }
}

const nameOf = (entry: unknown, prefix: string): string =>
  `${String(readText(entry, "resourcePrefix") ?? prefix)}/${String(readText(entry, "resourceName"))}`;

/** All selectors must fit; interface names, drivers and the like are the nodes' own, and not known here. */
function selects(entry: unknown, nic: string, devices: string | null): boolean | null {
  const [vendor, device] = nic.split(":");
  const told = new Map([["vendors", vendor], ...(devices === null ? [] : [[devices, device] as const])]);
  const selectors = read(entry, "selectors");
  const lists = Object.entries((selectors.known ? selectors.value : null) ?? {}).filter(
    ([, values]) => !Array.isArray(values) || values.length > 0,
  );
  const each = lists.map(([key, values]) => {
    const own = told.get(key);
    return own === undefined || !Array.isArray(values) ? null : values.includes(own);
  });
  return each.includes(false) ? false : each.length === 0 || each.includes(null) ? null : true;
}

/** Whether the policy's node affinity takes in the nodes of a pool; null where it asks for labels that are not ours. */
export function takesIn(policy: unknown, pool: PoolPlan): boolean | null {
  const path = ["spec", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
  const required = read(policy, ...path);
  if (required.known && (required.value === undefined || required.value === null)) return true;
  const terms = readList(policy, ...path, "nodeSelectorTerms");
  if (terms === UNKNOWN) return null;
  const each = terms.map((term) => allTrue(expressionsOf(term).map((expression) => admits(expression, pool.id))));
  return each.includes(true) ? true : each.includes(null) ? null : false;
}

function expressionsOf(term: unknown): readonly unknown[] {
  const expressions = readList(term, "matchExpressions");
  const fields = readList(term, "matchFields");
  return expressions === UNKNOWN || fields === UNKNOWN ? [UNKNOWN] : [...expressions, ...fields];
}

function admits(expression: unknown, pool: string): boolean | null {
  const operator = readText(expression, "operator");
  const values = readList(expression, "values");
  if (readText(expression, "key") !== LABEL.pool || typeof operator !== "string" || values === UNKNOWN) return null;
  const judged = new Map([
    ["In", values.includes(pool)],
    ["NotIn", !values.includes(pool)],
    ["Exists", true],
    ["DoesNotExist", false],
  ]).get(operator);
  return judged === undefined || values.includes(UNKNOWN) ? null : judged;
}

const allTrue = (each: readonly (boolean | null)[]): boolean | null =>
  each.includes(false) ? false : each.includes(null) ? null : true;
