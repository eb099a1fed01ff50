import { GPU_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { inGpus, needAndHave } from "../../message.ts";
import { type ClusterQueue, quotaHoldersOf, strangersOf } from "../../queue.ts";
import { UNKNOWN } from "../../registered.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** The GPUs that registered queues hand out are those of the plan. */
export const poolPlan: Rule = {
  id: "compute/pool-plan",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "GPU quota of the registered queues ≤ usable GPUs of the plan",
  why: "a quota above the pool admits workloads that no node can take",
  formula: "Σ nominalQuota of nvidia.com/gpu over the queues of the pool ≤ usable GPUs, 0 where the pool is held",
  source: "Kueue v1beta2 ClusterQueue; catalog: schedulable nodes of a rack",
  inputs: "registered ClusterQueues and Cohorts with their label millrace.dev/pool, usable GPUs of the plan",
  pass: "the quotas add up to no more than the pool has",
  fail: "the quotas that are known add up to more, or a queue that hands out GPUs belongs to no pool of the plan",
  unproved: "a quota, the pool of a queue or the size of the pool is not known",
  fix: "lower the quota to the usable GPUs of the plan",
  manualCheck: "kubectl get clusterqueue -o yaml: add up nominalQuota of nvidia.com/gpu by label millrace.dev/pool",
  notApplicable: "the site has no pool",
  subjects: ({ plan, registered }) => {
    const queues = quotaHoldersOf(registered);
    return [
      ...plan.pools.map((pool) => poolSubject(pool, queues)),
      ...strangersOf(queues, plan.pools).map((queue) => strangerSubject(queue)),
    ];
  },
};

function poolSubject(pool: PoolPlan, queues: readonly ClusterQueue[]): Subject {
  return {
    id: `pools.${pool.id}`,
    at: pool.at,
    state: null,
    claim: "at-most",
    unit: "GPU",
    inputs: [
      ...queues
        .filter((queue) => queue.pool === pool.id || queue.pool === UNKNOWN)
        .map((queue) =>
          needTerm("GPU", {
            name: `quota of ${queue.shown}`,
            value: queue.pool === UNKNOWN ? null : queue.quota(GPU_RESOURCE),
            from: queue.urn,
          }),
        ),
      limitTerm("GPU", {
        name: pool.held ? "held: no GPUs" : "usable GPUs",
        value: pool.held ? 0 : pool.usableGpus,
        from: pool.at,
      }),
    ],
    message: (judged) => `queues of pool ${pool.id}: quota ${needAndHave({ have: "usable" }, inGpus)(judged)}`,
  };
}

/** A queue of no pool of the plan has no GPUs to hand out. */
function strangerSubject(queue: ClusterQueue): Subject {
  return {
    id: `queues.${queue.shown}`,
    at: "pools",
    state: null,
    claim: "at-most",
    unit: "GPU",
    inputs: [
      needTerm("GPU", { name: "quota", value: queue.quota(GPU_RESOURCE), from: queue.urn }),
      limitTerm("GPU", { name: "usable GPUs", value: 0, from: "pools" }),
    ],
    message: (judged) => `queue ${queue.shown} of no pool of the plan: quota ${needAndHave({}, inGpus)(judged)}`,
  };
}
