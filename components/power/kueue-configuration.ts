import { commonLabels, GPU_RESOURCE, type KubernetesObject, WATTS_RESOURCE } from "../kubernetes.ts";
import type { Watts } from "../quantity.ts";

/**
 * The Kueue controller's configuration, as a ConfigMap for its namespace: one GPU counts as so many watts. A
 * transformation is keyed by resource name, not by flavor, so the figure is the largest of all pools of the site; a
 * smaller GPU is counted too high, never too low. The controller reads it at its start only. Where no pool's watts are
 * known there is no transformation, and every queue is held at 0.
 */
export function kueueConfiguration(site: string, wattsPerGpu: Watts | null): KubernetesObject {
  const transformations =
    wattsPerGpu === null
      ? []
      : [
          "  transformations:",
          `    - input: ${GPU_RESOURCE}`,
          "      strategy: Retain",
          "      outputs:",
          `        ${WATTS_RESOURCE}: "${wattsPerGpu}"`,
        ];
  const lines = [
    "apiVersion: config.kueue.x-k8s.io/v1beta2",
    "kind: Configuration",
    "manageJobsWithoutQueueName: false",
    "integrations:",
    "  frameworks:",
    "    - batch/job",
    "    - deployment",
    "    - leaderworkerset.x-k8s.io/leaderworkerset",
    "    - pod",
    "resources:",
    "  excludeResourcePrefixes:",
    "    - cpu",
    "    - memory",
    "    - ephemeral-storage",
    ...transformations,
    "",
  ];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "kueue-manager-config", namespace: "kueue-system", labels: commonLabels(site, "power") },
    data: { "controller_manager_config.yaml": lines.join("\n") },
  };
}
