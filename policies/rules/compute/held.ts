import { GPU_RESOURCE, LABEL, WATTS_RESOURCE } from "../../../components/kubernetes.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import { isOpen } from "../../../components/site/phase-state.ts";
import type { Input } from "../../finding.ts";
import { inputsMessage } from "../../message.ts";
import { type ClusterQueue, clusterQueuesOf, queueResolver, queuesFor } from "../../queue.ts";
import { type Text, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";

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
  subjects: ({ plan, registered }) => {
    const queues = clusterQueuesOf(registered);
    const resolve = queueResolver(registered);
    const landings = workloadsOf(registered).map((workload): Landing => {
      const queue = resolve(workload);
      return { workload, pools: [workload.pool, queue === null || queue === UNKNOWN ? queue : queue.pool] };
    });
    return plan.pools.filter(({ state }) => !isOpen(state)).map((pool) => subject(pool, queues, landings));
  },
};

/** A workload with the pools that its node selector and its queue lead to. */
interface Landing {
  readonly workload: Workload;
  readonly pools: readonly Text[];
}

function subject(pool: PoolPlan, registered: readonly ClusterQueue[], landings: readonly Landing[]): Subject {
  const queues = queuesFor(registered, pool);
  const inputs = [
    condition(`${LABEL.pool}=${pool.id} has a queue`, queues.length > 0, pool.at),
    ...queues.flatMap((queue) => queueConditions(queue)),
    ...landings.flatMap((landing) => landingCondition(pool, landing)),
  ];
  return {
    id: `pools.${pool.id}`,
    at: pool.at,
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `pool ${pool.id} (${pool.state}): ${inputsMessage("held, without quota, nothing runs", inputs)}`,
  };
}

function queueConditions({ pool, held, quota, shown, urn }: ClusterQueue): readonly Input[] {
  const isZero = (resource: string) => {
    const sum = pool === UNKNOWN ? null : quota(resource);
    return sum === null ? null : sum === 0;
  };
  return [
    condition(`${shown} is held`, pool === UNKNOWN ? null : held, urn),
    condition(`${shown} has no ${GPU_RESOURCE} quota`, isZero(GPU_RESOURCE), urn),
    condition(`${shown} has no ${WATTS_RESOURCE} quota`, isZero(WATTS_RESOURCE), urn),
  ];
}

/** False where the workload lands on the pool, open where it asks for GPUs of a pool that is not known. */
function landingCondition(pool: PoolPlan, { workload, pools }: Landing): readonly Input[] {
  const { kind, name, gpus, urn } = workload;
  if (pools.includes(pool.id)) return [condition(`${kind} ${name} is not registered`, false, urn)];
  return gpus !== 0 && pools.includes(UNKNOWN) ? [condition(`${kind} ${name} runs elsewhere`, null, urn)] : [];
}
