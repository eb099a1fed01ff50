import { WATTS_RESOURCE } from "../../../components/kubernetes.ts";
import { inWatts } from "../../message.ts";
import { quotaHoldersOf } from "../../queue.ts";
import { quotaSubjects } from "../../quota-subjects.ts";
import type { Text } from "../../registered.ts";
import type { Rule } from "../../rule.ts";
import { hasRacks, plannedPower } from "./planned-power.ts";

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
  notApplicable:
    "no pool has racks and no other queue is registered: the power of rented instances is the landlord's to budget",
  subjects: ({ plan, registered }) => {
    const rented = new Set<Text>(plan.pools.filter((pool) => !hasRacks(pool)).map(({ id }) => id));
    const queues = quotaHoldersOf(registered).filter(({ pool }) => !rented.has(pool));
    return quotaSubjects(queues, plan.pools.filter(hasRacks), {
      resource: WATTS_RESOURCE,
      unit: "W",
      show: inWatts,
      have: "planned",
      limit: plannedPower,
      at: ({ at }) => `${at}.powerBudget`,
    });
  },
};
