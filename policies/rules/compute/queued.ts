import { type ClusterQueue, queueResolver } from "../../queue.ts";
import { UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** Every workload with GPUs goes through a queue: outside one it spends no power budget. */
export const queued: Rule = {
  id: "compute/queued",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "every registered workload with GPUs carries the label of a registered queue",
  why: "outside a queue a workload draws power that no budget counts",
  formula: "label kueue.x-k8s.io/queue-name names a registered LocalQueue whose ClusterQueue is registered",
  source: "Kueue: only labelled workloads are admitted against quota",
  inputs: "registered workloads with GPUs, LocalQueues and ClusterQueues",
  pass: "the label leads to a registered queue",
  fail: "there is no label, or it leads nowhere",
  unproved: "the label, the namespace or the queue is not known",
  fix: "add the label kueue.x-k8s.io/queue-name with the LocalQueue of the tenant's namespace, or serve it as an endpoint of the blueprint",
  manualCheck: "kubectl get the workload -o yaml: its queue-name label, and that queue in the same namespace",
  notApplicable: "no registered workload asks for GPUs",
  subjects: ({ registered }) => {
    const resolve = queueResolver(registered);
    return workloadsOf(registered)
      .filter(({ gpus }) => gpus !== 0)
      .map((workload) => subject(workload, resolve(workload)));
  },
};

function subject(workload: Workload, queue: ClusterQueue | null | typeof UNKNOWN): Subject {
  // Without a queue it is wrong only if it really asks for GPUs.
  const outside = workload.gpus === null ? null : false;
  const leads = queue === UNKNOWN ? null : queue === null ? outside : true;
  const name = `${workload.kind} ${workload.name}`;
  const asks =
    workload.gpus === null ? "GPUs, how many is not known," : `${workload.gpus.toLocaleString("en-US")} GPUs`;
  const inputs = [condition(`${name} is in a registered queue`, leads, workload.urn)];
  return workloadSubject(workload, inputs, () => ` asks for ${asks} ${WAY.get(leads)}`);
}

const WAY = new Map<boolean | null, string>([
  [true, "through a queue"],
  [false, "outside any registered queue"],
  [null, "and whether through a queue is not known"],
]);
