import { commonLabels, type KubernetesObject, LABEL } from "../kubernetes.ts";
import type { PoolPlan } from "../plan-types.ts";

/** Nodes of one pool, by label; placement follows the hall through the topology. */
export const resourceFlavor = (site: string, pool: PoolPlan, topology: string, flavor: string): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "ResourceFlavor",
  metadata: {
    name: flavor,
    labels: { ...commonLabels(site, "compute"), [LABEL.pool]: pool.id, [LABEL.phase]: pool.phase },
  },
  spec: {
    nodeLabels: { [LABEL.pool]: pool.id },
    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
    topologyName: topology,
  },
});

/** A tenant's way into the queue of a pool. */
export const localQueue = (site: string, namespace: string, pool: string, clusterQueue: string): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "LocalQueue",
  metadata: { name: localQueueName(pool), namespace, labels: { ...commonLabels(site, "compute"), [LABEL.pool]: pool } },
  spec: { clusterQueue },
});

export const localQueueName = (pool: string): string => `pool-${pool}`;
