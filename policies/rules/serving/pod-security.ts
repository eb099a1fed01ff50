import type { TenantPlan } from "../../../components/plan-types.ts";
import { conditionMessage } from "../../message.ts";
import { restricted } from "../../pod-security.ts";
import { flattened, read, readText, UNKNOWN } from "../../registered.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";
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
  subjects: (context) => [
    ...workloadsOf(context.registered).map(podSubject),
    ...context.plan.tenants.flatMap((tenant) => namespaceSubject(tenant, context)),
  ],
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

/** The tenant's own namespace, as registered; one that is not registered is said to be missing. */
function namespaceSubject(tenant: TenantPlan, { registered }: Context): readonly Subject[] {
  const found = flattened(registered).find(
    ({ object }) =>
      readText(object, "kind") === "Namespace" && readText(object, "metadata", "name") === tenant.namespace,
  );
  const level = found === undefined ? null : readText(found.object, "metadata", "labels", ENFORCE);
  const labels = found === undefined ? { known: true } : read(found.object, "metadata", "labels");
  const enforced = level === UNKNOWN || !labels.known ? null : level === "restricted";
  return [
    {
      id: `namespaces.${tenant.namespace}`,
      at: tenant.at,
      state: null,
      claim: "all-of",
      unit: "",
      inputs: [condition(`${tenant.namespace} enforces restricted`, enforced, found?.urn ?? tenant.at)],
      message: () =>
        `namespace ${tenant.namespace} ${enforced === true ? "enforces restricted" : enforced === null ? "has labels that are not known" : "does not enforce restricted"}`,
    },
  ];
}
