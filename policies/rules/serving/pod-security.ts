import type { TenantPlan } from "../../../components/plan-types.ts";
import { conditionMessage, inputsMessage } from "../../message.ts";
import { restricted } from "../../pod-security.ts";
import { flattened, type RegisteredObject, readText, UNKNOWN } from "../../registered.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";
import { workloadSubject } from "../../workload-subject.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";

/** Every pod passes Pod Security "restricted", and every tenant's namespace enforces it. */
export const podSecurity: Rule = {
  id: "serving/pod-security",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "every registered pod template is restricted, every tenant namespace enforces it",
  why: "a tenant's container that gains the node gains its GPUs, its neighbours and their weights",
  formula: "each control of the standard holds for the pod and all its containers",
  source: "Kubernetes Pod Security Standards, profile restricted",
  inputs: "pod templates of all registered workloads, labels of the registered tenant namespaces",
  pass: "each control holds",
  fail: "a control does not hold",
  unproved: "a setting that a control reads is not known",
  fix: "set runAsNonRoot, seccompProfile RuntimeDefault, allowPrivilegeEscalation false, drop ALL; take host access out",
  manualCheck: "kubectl label --dry-run=server --overwrite ns --all pod-security.kubernetes.io/enforce=restricted",
  notApplicable: "the program registers neither workloads nor tenant namespaces",
  subjects: ({ plan, registered }) => {
    const objects = flattened(registered);
    return [
      ...workloadsOf(objects).map(podSubject),
      ...plan.tenants.map((tenant) => namespaceSubject(tenant, objects)),
    ];
  },
};

function podSubject(workload: Workload): Subject {
  const controls = workload.templates.flatMap(({ template }) => restricted(template));
  const inputs = controls.map(({ name, holds }) => condition(name, holds, workload.urn));
  const names = (value: boolean | null) => [
    ...new Set(controls.filter(({ holds }) => holds === value).map(({ name }) => name)),
  ];
  const message = conditionMessage("restricted")(
    names(false).length > 0 ? [`breaks "${names(false).join('", "')}"`] : [],
    names(null),
  );
  return workloadSubject(workload, inputs, () => `: ${message}`);
}

/** The tenant's namespace, as registered, however often; one that is not registered enforces nothing. */
function namespaceSubject({ namespace, at }: TenantPlan, objects: readonly RegisteredObject[]): Subject {
  const own = objects.filter(
    ({ object }) => readText(object, "kind") === "Namespace" && readText(object, "metadata", "name") === namespace,
  );
  const levels = own.map(({ object }) => readText(object, "metadata", "labels", ENFORCE));
  const inputs = [
    condition(`${namespace} is registered`, own.length > 0, at),
    ...own.map(({ urn }, index) => {
      const level = levels[index];
      return condition(`${namespace} enforces restricted`, level === UNKNOWN ? null : level === "restricted", urn);
    }),
  ];
  return {
    id: `namespaces.${namespace}`,
    at,
    state: null,
    claim: "all-of",
    unit: "",
    inputs,
    message: () => `namespace ${namespace}: ${inputsMessage("enforces restricted", inputs)}`,
  };
}
