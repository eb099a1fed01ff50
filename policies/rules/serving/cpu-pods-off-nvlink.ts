import { LABEL } from "../../../components/kubernetes.ts";
import { inputsMessage } from "../../message.ts";
import { readList, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule } from "../../rule.ts";
import { type CountedTemplate, type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

/** The taint of nodes with GPUs: device plugins and clouds set it by this name. */
const TAINT = "nvidia.com/gpu";

/** A pod without GPUs that stands on a node with some holds them idle: a gang takes whole nodes. */
export const cpuPodsOffNvlink: Rule = {
  id: "serving/cpu-pods-off-nvlink",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: null,
  claim: "pods without GPUs can neither land nor pack on the nodes of a pool",
  why: "a few pods of a batch of CPU work, spread over the trays of a rack, keep gangs off all of its GPUs",
  formula:
    "each template without GPUs, but for those of a DaemonSet: no toleration of the taint nvidia.com/gpu ∧ no node selector of a pool",
  source: "marin#8249: 256 GPUs idle behind pods without any; NVIDIA GPU Operator: taint nvidia.com/gpu",
  inputs: "registered workloads with pods without GPUs: tolerations and node selectors of their templates",
  pass: "no template does either",
  fail: "a template tolerates the taint, or selects a pool",
  unproved: "tolerations, selector, or whether the pod asks for GPUs are not known",
  fix: "take the toleration and the selector out; agents that belong on every node are DaemonSets",
  manualCheck:
    "kubectl get pods -A -o wide on the nodes of a pool: which of them ask for no GPU, and are not of a DaemonSet",
  notApplicable: "no registered workload has pods without GPUs",
  subjects: ({ registered }) =>
    workloadsOf(registered).flatMap((workload) => {
      const asked =
        workload.kind === "DaemonSet" ? [] : workload.templates.filter(({ gpus }) => gpus === 0 || gpus === null);
      if (asked.length === 0) return [];
      const inputs = asked.flatMap((template, index) => templateInputs(template, index + 1, workload));
      return [workloadSubject(workload, inputs, () => `: ${inputsMessage("its pods stay off the pools", inputs)}`)];
    }),
};

/** Where it is not known whether a pod asks for GPUs, none of what it does is wrong for certain. */
function templateInputs({ template, gpus }: CountedTemplate, number: number, { urn }: Workload) {
  const pool = readText(template, "spec", "nodeSelector", LABEL.pool);
  const judged = (holds: boolean | null) => (gpus === null && holds === false ? null : holds);
  return [
    condition(`pod ${number} does not tolerate the taint ${TAINT}`, judged(staysOff(template)), urn),
    condition(`pod ${number} selects no pool`, judged(pool === UNKNOWN ? null : pool === null), urn),
  ];
}

function staysOff(template: unknown): boolean | null {
  const tolerations = readList(template, "spec", "tolerations");
  if (tolerations === UNKNOWN) return null;
  const each = tolerations.map(tolerates);
  return each.includes(true) ? false : each.includes(null) ? null : true;
}

/** Without a key a toleration that asks for existence tolerates every taint; without an effect, every effect. */
function tolerates(toleration: unknown): boolean | null {
  const [key, operator, effect] = ["key", "operator", "effect"].map((field) => readText(toleration, field));
  if (key === UNKNOWN || operator === UNKNOWN || effect === UNKNOWN) return null;
  const every = (key === null || key === "") && operator === "Exists";
  return (every || key === TAINT) && (effect === null || effect === "" || effect === "NoSchedule");
}
