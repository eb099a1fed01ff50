import type { KubernetesObject } from "../../components/kubernetes.ts";
import { restrictedPod } from "./restricted-pod.ts";

/** What the driver makes of a ComputeDomain. Source: NVIDIA DRA driver, the controller's claim template of a channel. */
export const channelTemplate: KubernetesObject = {
  apiVersion: "resource.k8s.io/v1",
  kind: "ResourceClaimTemplate",
  metadata: { name: "gang-channel", namespace: "tenant-research" },
  spec: {
    spec: {
      devices: {
        requests: [
          {
            name: "channel",
            exactly: {
              deviceClassName: "compute-domain-default-channel.nvidia.com",
              allocationMode: "ExactCount",
              count: 1,
            },
          },
        ],
      },
    },
  },
};
export const gang: KubernetesObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "gang", namespace: "tenant-research", labels: { "kueue.x-k8s.io/queue-name": "pool-gb300" } },
  spec: {
    suspend: true,
    parallelism: 16,
    completions: 16,
    template: {
      metadata: { annotations: { "kueue.x-k8s.io/podset-required-topology": "nvidia.com/gpu.clique" } },
      spec: {
        ...restrictedPod("4"),
        restartPolicy: "Never",
        resourceClaims: [{ name: "channel", resourceClaimTemplateName: "gang-channel" }],
      },
    },
  },
};

/** A node that is ready, with what it has to give. */
const node = (
  name: string,
  resources: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
  status: {
    capacity: resources,
    allocatable: resources,
    conditions: [{ type: "Ready", status: "True", reason: "Stated", message: "of the test" }],
  },
});

/** The lab's 144 nodes of 4 GPUs, where the hall plan has them. */
export const nodes = Array.from({ length: 144 }, (_, index) =>
  node(
    `node-${index}`,
    { cpu: "144", memory: "960Gi", pods: "110", "nvidia.com/gpu": "4" },
    {
      "kubernetes.io/arch": "arm64",
      "millrace.dev/pool": "gb300",
      "topology.millrace.dev/building": "lab",
      "topology.millrace.dev/hall": "lab-1",
      "topology.millrace.dev/pod": "lab-1-1",
      "topology.millrace.dev/rack": `lab-1-1-${Math.floor(index / 18)}`,
      "nvidia.com/gpu.clique": `fabric-${Math.floor(index / 18)}.0`,
    },
  ),
);

/** Rented nodes of 8 GPUs in one zone. */
export const rented = (pool: string, count: number): readonly KubernetesObject[] =>
  Array.from({ length: count }, (_, index) =>
    node(
      `${pool}-${index}`,
      { cpu: "192", memory: "1800Gi", pods: "110", "nvidia.com/gpu": "8" },
      { "millrace.dev/pool": pool, "topology.kubernetes.io/zone": "us-east-2a" },
    ),
  );

/** A job of one whole rented node. */
export const rentedJob = (index: number): KubernetesObject => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    name: `rented-${index}`,
    namespace: "tenant-research",
    labels: { "kueue.x-k8s.io/queue-name": "pool-h100" },
  },
  spec: {
    suspend: true,
    template: {
      metadata: { annotations: { "kueue.x-k8s.io/podset-unconstrained-topology": "true" } },
      spec: { ...restrictedPod("8"), restartPolicy: "Never" },
    },
  },
});
