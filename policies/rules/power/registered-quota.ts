import { WATTS_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { type ClusterQueue, quotaHoldersOf, strangersOf } from "../../queue.ts";
import { UNKNOWN } from "../../registered.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";
import { plannedPower } from "./planned-power.ts";

/** The watts that the registered queues hand out are no more than the planned IT power, whoever wrote the queues. */
export const registeredQuota: Rule = {
  id: "power/registered-quota",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "watts quota of the registered queues ≤ planned IT power",
  why: "the budget in the blueprint protects nothing if another queue hands out more",
  formula: "Σ nominalQuota of millrace.dev/watts over the queues of the pool ≤ racks × rack TDP",
  source: "Kueue v1beta2 ClusterQueue; catalog: TDP of the system",
  inputs:
    "registered ClusterQueues and Cohorts with their label millrace.dev/pool, racks of the pool, TDP of the system",
  pass: "the quotas add up to no more than the planned power",
  fail: "the quotas that are known add up to more, or a queue belongs to no pool of the plan",
  unproved: "a quota, the pool of a queue or the TDP is not known",
  fix: "lower the quota, or take the queue out that the plan does not hold",
  manualCheck: "kubectl get clusterqueue -o yaml: add up nominalQuota of millrace.dev/watts by label millrace.dev/pool",
  notApplicable: "the program registers no ClusterQueue and the site has no pool",
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
    at: `${pool.at}.powerBudget`,
    state: pool.state,
    claim: "at-most",
    unit: "W",
    inputs: [
      ...queues
        .filter((queue) => queue.pool === pool.id || queue.pool === UNKNOWN)
        .map((queue) =>
          needTerm("W", {
            name: `quota of ${queue.shown}`,
            value: queue.pool === UNKNOWN ? null : queue.quota(WATTS_RESOURCE),
            from: queue.urn,
          }),
        ),
      plannedPower(pool),
    ],
    message: (judged) => `queues of pool ${pool.id}: quota ${needAndHave({ have: "planned" }, inWatts)(judged)}`,
  };
}

/** A queue of no pool of the plan has no watts to hand out. */
function strangerSubject(queue: ClusterQueue): Subject {
  return {
    id: `queues.${queue.shown}`,
    at: "pools",
    state: null,
    claim: "at-most",
    unit: "W",
    inputs: [
      needTerm("W", { name: "quota", value: queue.quota(WATTS_RESOURCE), from: queue.urn }),
      limitTerm("W", { name: "planned IT power", value: 0, from: "pools" }),
    ],
    message: (judged) => `queue ${queue.shown} of no pool of the plan: quota ${needAndHave({}, inWatts)(judged)}`,
  };
}
