import { LABEL } from "../components/kubernetes.ts";
import type { Plan, PoolPlan } from "../components/plan-types.ts";
import { queueResolver } from "./queue.ts";
import { type RegisteredObject, readList, readText, type Text, UNKNOWN } from "./registered.ts";
import type { Workload } from "./workload.ts";

/** Pools on whose nodes the pods of a template may stand; null where that is not known, or they may stand anywhere. */
export type PodPools = (workload: Workload, template: unknown) => readonly PoolPlan[] | null;

/** By node selector, else by a required affinity, else by queue with the pools that it may borrow from. */
export function podPools({ pools }: Pick<Plan, "pools">, registered: readonly RegisteredObject[]): PodPools {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const all = (ids: readonly Text[]) => {
    const found = ids.map((id) => (typeof id === "string" ? byId.get(id) : undefined));
    return found.length > 0 && found.every((pool) => pool !== undefined) ? found : null;
  };
  const queueOf = queueResolver(registered);
  return (workload, template) => {
    const selected = readText(template, "spec", "nodeSelector", LABEL.pool);
    if (selected !== null) return all([selected]);
    const affine = affinePools(template);
    if (affine !== null) return all(affine);
    const queue = queueOf(workload);
    const pool =
      queue === UNKNOWN || queue === null || typeof queue.pool !== "string" ? undefined : byId.get(queue.pool);
    return pool === undefined ? null : all([pool.id, ...pool.overflow]);
  };
}

/** Pools that a required node affinity allows: each of its terms names some. Null where one does not. */
function affinePools(template: unknown): readonly Text[] | null {
  const terms = readList(
    template,
    "spec",
    "affinity",
    "nodeAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
  );
  if (terms === UNKNOWN) return [UNKNOWN];
  const named = terms.map((term): readonly Text[] => {
    const expressions = readList(term, "matchExpressions");
    if (expressions === UNKNOWN) return [UNKNOWN];
    const own = expressions.find((each) => readText(each, "key") === LABEL.pool && readText(each, "operator") === "In");
    const values = own === undefined ? [] : readList(own, "values");
    return values === UNKNOWN ? [UNKNOWN] : values.map((value) => (typeof value === "string" ? value : UNKNOWN));
  });
  return named.length > 0 && named.every((values) => values.length > 0) ? named.flat() : null;
}
