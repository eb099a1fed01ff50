import type { PoolPlan } from "../components/plan-types.ts";
import type { Input } from "./finding.ts";
import { needAndHave, type Show } from "./message.ts";
import { type ClusterQueue, queuesFor, strangersOf } from "./queue.ts";
import { UNKNOWN } from "./registered.ts";
import { limitTerm, needTerm, type Subject } from "./rule.ts";

/** A resource that queues hand out, and what the plan has of it. */
interface Quota {
  /** Resource name in the queues. @example "nvidia.com/gpu" */
  readonly resource: string;
  readonly unit: string;
  readonly show: Show;
  /** What the limit is called: "usable", "planned". */
  readonly have: string;
  readonly limit: (pool: PoolPlan) => Input;
  readonly at: (pool: PoolPlan) => string;
}

/** What the queues hand out against what the plan has: each pool, and each queue of no pool of the plan, which has nothing. */
export function quotaSubjects(
  queues: readonly ClusterQueue[],
  pools: readonly PoolPlan[],
  quota: Quota,
): readonly Subject[] {
  return [
    ...pools.map((pool) => poolSubject(pool, queues, quota)),
    ...strangersOf(queues, pools).map((queue) => strangerSubject(queue, quota)),
  ];
}

function poolSubject(
  pool: PoolPlan,
  queues: readonly ClusterQueue[],
  { resource, unit, show, have, limit, at }: Quota,
): Subject {
  const handedOut = queuesFor(queues, pool).map((queue) =>
    needTerm(unit, {
      name: `quota of ${queue.shown}`,
      value: queue.pool === UNKNOWN ? null : queue.quota(resource),
      from: queue.urn,
    }),
  );
  return {
    id: `pools.${pool.id}`,
    at: at(pool),
    state: null,
    claim: "at-most",
    unit,
    inputs: [...handedOut, limit(pool)],
    message: (judged) => `queues of pool ${pool.id}: quota ${needAndHave({ have }, show)(judged)}`,
  };
}

function strangerSubject(queue: ClusterQueue, { resource, unit, show, have }: Quota): Subject {
  return {
    id: `queues.${queue.shown}`,
    at: "pools",
    state: null,
    claim: "at-most",
    unit,
    inputs: [
      needTerm(unit, { name: "quota", value: queue.quota(resource), from: queue.urn }),
      limitTerm(unit, { name: `${have} without a pool`, value: 0, from: "pools" }),
    ],
    message: (judged) => `queue ${queue.shown} of no pool of the plan: quota ${needAndHave({}, show)(judged)}`,
  };
}
