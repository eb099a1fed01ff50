import { GPU_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { inGpus } from "../../message.ts";
import { quotaHoldersOf } from "../../queue.ts";
import { quotaSubjects } from "../../quota-subjects.ts";
import { limitTerm, type Rule } from "../../rule.ts";

/** The GPUs that registered queues hand out are those of the plan. */
export const poolPlan: Rule = {
  id: "compute/pool-plan",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "GPU quota of the registered queues ≤ usable GPUs of the plan, less those of its warm nodes",
  why: "a quota above the pool admits workloads that no node can take",
  formula:
    "Σ nominalQuota of nvidia.com/gpu over the queues of the pool ≤ usable GPUs − warm nodes × GPUs of a node, 0 where the pool is held",
  source: "Kueue v1beta2 ClusterQueue; catalog: schedulable nodes of a rack",
  inputs:
    "registered ClusterQueues and Cohorts with their label millrace.dev/pool, usable GPUs and warm nodes of the plan",
  pass: "the quotas add up to no more than the pool has",
  fail: "the quotas that are known add up to more, or a queue that hands out GPUs belongs to no pool of the plan",
  unproved: "a quota, the pool of a queue or the size of the pool is not known",
  fix: "lower the quota to the usable GPUs of the plan",
  manualCheck: "kubectl get clusterqueue -o yaml: add up nominalQuota of nvidia.com/gpu by label millrace.dev/pool",
  notApplicable: "the site has no pool",
  subjects: ({ plan, registered }) =>
    quotaSubjects(quotaHoldersOf(registered), plan.pools, {
      resource: GPU_RESOURCE,
      unit: "GPU",
      show: inGpus,
      have: "usable",
      limit: usable,
      at: ({ at }) => at,
    }),
};

const usable = ({ held, quotaGpus, warmNodes, at }: PoolPlan) =>
  limitTerm("GPU", {
    name: held ? "held: no GPUs" : `usable GPUs${warmNodes === 0 ? "" : ` beside ${warmNodes} warm nodes`}`,
    value: held ? 0 : quotaGpus,
    from: at,
  });
