import { parse } from "yaml";
import { CHANNELS_RESOURCE, commonLabels, GPU_RESOURCE, type KubernetesObject, WATTS_RESOURCE } from "../kubernetes.ts";
import type { Watts } from "../quantity.ts";

/**
 * Kueue's chart makes the same ConfigMap and its controller cannot start without one: what the chart wrote is taken
 * over, and it stays when the site goes.
 */
const TAKEN_OVER = { "pulumi.com/patchForce": "true" };

/**
 * The Kueue controller's configuration, as a ConfigMap for its namespace: one GPU counts as so many watts. A
 * transformation is keyed by resource name, not by flavor, so the figure is the largest of all pools of the site; a
 * smaller GPU is counted too high, never too low. The controller reads it at its start only. Where no pool's watts are
 * known there is no transformation, and every queue is held at 0. A claim of a device class that is not mapped would keep
 * its workload out: channels of ComputeDomains are counted by a name of ours.
 */
export function kueueConfiguration(site: string, wattsPerGpu: Watts | null, hasChannels: boolean): KubernetesObject {
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
    // Devices beside the GPUs follow them; without quota of their own they would keep a workload out.
    "    - vpc.amazonaws.com",
    "    - rdma",
    ...transformations,
    ...(hasChannels ? CHANNEL_MAPPING : []),
    "",
  ];
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "kueue-manager-config",
      namespace: "kueue-system",
      labels: commonLabels(site, "power"),
      annotations: TAKEN_OVER,
    },
    data: { "controller_manager_config.yaml": lines.join("\n") },
  };
}

const CHANNEL_MAPPING = [
  "  deviceClassMappings:",
  `    - name: ${CHANNELS_RESOURCE}`,
  "      deviceClassNames:",
  "        - compute-domain-default-channel.nvidia.com",
];

/** Watts of one GPU in the text of a configuration; 0 where a GPU counts for none, null where that cannot be read. */
export function wattsIn(text: string): number | null {
  try {
    const { resources } = parse(text, { maxAliasCount: 0 }) as {
      readonly resources?: { readonly transformations?: readonly Transformation[] };
    };
    const own = (resources?.transformations ?? []).filter(({ input }) => input === GPU_RESOURCE);
    if (own.length === 0) return 0;
    const [output] = own.map(({ outputs }) => outputs?.[WATTS_RESOURCE]);
    if (own.length > 1) return null;
    return /^\d{1,9}$/.test(String(output ?? "0")) ? Number(output ?? 0) : null;
  } catch {
    return null;
  }
}

interface Transformation {
  readonly input?: unknown;
  readonly outputs?: Readonly<Record<string, unknown>>;
}
