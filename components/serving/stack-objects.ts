import { commonLabels, type KubernetesObject, LABEL } from "../kubernetes.ts";
import type { TenantPlan } from "../plan-types.ts";

const podSecurityLabels = (version: string) =>
  Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]),
  );

export const tenantNamespace = (
  site: string,
  { id, namespace }: TenantPlan,
  podSecurityVersion: string,
): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: namespace,
    labels: { ...commonLabels(site, "serving"), ...podSecurityLabels(podSecurityVersion), [LABEL.tenant]: id },
  },
});

export const priorityName = (tenant: string): string => `millrace-${tenant}`;

/** Priority of a tenant's pods at the scheduler; what is queued is not evicted by it. */
export const priorityClass = (site: string, tenant: TenantPlan): KubernetesObject => ({
  apiVersion: "scheduling.k8s.io/v1",
  kind: "PriorityClass",
  metadata: { name: priorityName(tenant.id), labels: commonLabels(site, "serving") },
  value: tenant.priority,
  preemptionPolicy: "PreemptLowerPriority",
  description: `Workloads of tenant ${tenant.id}.`,
});

/** Priority of a tenant's workloads in the queue. */
export const workloadPriorityClass = (site: string, tenant: TenantPlan): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "WorkloadPriorityClass",
  metadata: { name: priorityName(tenant.id), labels: commonLabels(site, "serving") },
  value: tenant.priority,
  description: `Workloads of tenant ${tenant.id}.`,
});
