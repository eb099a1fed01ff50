import { inputsMessage } from "../../message.ts";
import { read } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

const ASKS = [
  "kueue.x-k8s.io/podset-required-topology",
  "kueue.x-k8s.io/podset-preferred-topology",
  "kueue.x-k8s.io/podset-unconstrained-topology",
  "kueue.x-k8s.io/podset-slice-required-topology",
  "kueue.x-k8s.io/podset-slice-required-topology-constraints",
];

/** Where a flavor has a topology, Kueue admits no pod that does not say how it wants to stand in it. */
export const topologyAnnotation: Rule = {
  id: "serving/topology-annotation",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "every pod template with GPUs carries a topology annotation of Kueue",
  why: "the flavors of the pools have a topology: without the annotation the workload stays pending, without an event",
  formula: `each template with GPUs has one of ${ASKS.map((key) => key.replace("kueue.x-k8s.io/", "")).join(", ")}`,
  source: "Kueue, topology-aware scheduling; marin#7217",
  inputs: "registered workloads with GPUs: annotations of their pod templates",
  pass: "each template has one",
  fail: "a template has none",
  unproved: "the annotations, or whether the pod asks for GPUs, are not known",
  fix: 'annotate the pod template with kueue.x-k8s.io/podset-unconstrained-topology: "true", or with the level it needs',
  manualCheck: "kubectl get the workload -o yaml: annotations of its pod template",
  notApplicable: "no registered workload asks for GPUs",
  subjects: ({ registered }) =>
    workloadsOf(registered)
      .filter(({ gpus }) => gpus !== 0)
      .map((workload) => {
        const inputs = [condition("every template says how it stands in the hall", annotated(workload), workload.urn)];
        return workloadSubject(
          workload,
          inputs,
          () => `: ${inputsMessage("every template has its annotation", inputs)}`,
        );
      }),
};

/** A template without GPUs is not placed by topology; one of which that is not known may be. */
function annotated({ templates }: Workload): boolean | null {
  const each = templates
    .map(({ pods, template, gpus }) => ({ template, gpus: pods === 0 ? 0 : gpus }))
    .filter(({ gpus }) => gpus !== 0)
    .map(({ template, gpus }) => {
      const found = ASKS.map((key) => read(template, "metadata", "annotations", key));
      if (found.some((one) => one.known && typeof one.value === "string" && one.value !== "")) return true;
      return gpus === null || found.some((one) => !one.known) ? null : false;
    });
  return each.includes(false) ? false : each.includes(null) ? null : true;
}
