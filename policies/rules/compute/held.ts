import { GPU_RESOURCE, LABEL, WATTS_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { isOpen } from "../../../components/site/phase-state.ts";
import { conditionMessage } from "../../message.ts";
import { type ClusterQueue, clusterQueuesOf, queueResolver } from "../../queue.ts";
import { UNKNOWN } from "../../registered.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";
import { workloadsOf } from "../../workload.ts";

/** A phase that is not accepted has its queues held, without quota, and runs nothing. */
export const held: Rule = {
  id: "compute/held",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "a phase that is neither accepted nor online is held: queues stopped, quota 0, no endpoint",
  why: "racks that are not accepted must not take traffic, whoever asks",
  formula: "stopPolicy is Hold, every nominalQuota is 0, no workload lands on the pool",
  source: "commissioning ladder: acceptance before service; Kueue v1beta2 stopPolicy",
  inputs: "state of the phase, registered ClusterQueues and workloads of its pool",
  pass: "the queues are held without quota and nothing runs",
  fail: "a queue is open, has quota, or a workload is registered",
  unproved: "a stop policy, a quota or the pool of a workload is not known",
  fix: "hold the queue with quota 0 and take the workload out until the phase is accepted",
  manualCheck:
    "kubectl get clusterqueue -o yaml: stopPolicy Hold and nominalQuota 0 for the pool; no workload of its queues",
  notApplicable: "every phase is accepted or online",
  subjects: (context) => context.plan.pools.filter(({ state }) => !isOpen(state)).map((pool) => subject(pool, context)),
};

function subject(pool: PoolPlan, { registered }: Context): Subject {
  const resolve = queueResolver(registered);
  const queues = clusterQueuesOf(registered).filter((queue) => queue.pool === pool.id || queue.pool === UNKNOWN);
  const running = workloadsOf(registered).filter((workload) => {
    const queue = resolve(workload);
    return workload.pool === pool.id || (queue !== null && queue !== UNKNOWN && queue.pool === pool.id);
  });
  const inputs = [
    condition(`${LABEL.pool}=${pool.id} has a queue`, queues.length > 0, pool.at),
    ...queues.flatMap((queue) => queueConditions(queue)),
    ...running.map(({ kind, name, urn }) => condition(`${kind} ${name} is not registered`, false, urn)),
  ];
  const named = (value: boolean | null) =>
    inputs.filter((input) => input.value === value).map(({ name }) => `not so: ${name}`);
  return {
    id: `pools.${pool.id}`,
    at: pool.at,
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () =>
      `pool ${pool.id} (${pool.state}): ${conditionMessage("held, without quota, nothing runs")(named(false), named(null))}`,
  };
}

function queueConditions(queue: ClusterQueue) {
  const name = queue.name === UNKNOWN ? "a queue" : queue.name;
  const isZero = (resource: string) => {
    const quota = queue.pool === UNKNOWN ? null : queue.quota(resource);
    return quota === null ? null : quota === 0;
  };
  return [
    condition(`${name} is held`, queue.pool === UNKNOWN ? null : queue.held, queue.urn),
    condition(`${name} has no ${GPU_RESOURCE} quota`, isZero(GPU_RESOURCE), queue.urn),
    condition(`${name} has no ${WATTS_RESOURCE} quota`, isZero(WATTS_RESOURCE), queue.urn),
  ];
}
