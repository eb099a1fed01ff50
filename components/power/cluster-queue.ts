import {
  CHANNELS_RESOURCE,
  commonLabels,
  GPU_RESOURCE,
  type KubernetesObject,
  LABEL,
  WATTS_RESOURCE,
} from "../kubernetes.ts";
import type { PoolPlan } from "../plan-types.ts";

export interface ClusterQueueArgs {
  readonly site: string;
  readonly pool: PoolPlan;
}

/** A pool's quota stands only where all of it is known and its phase is open; else the queue is held at 0. */
const isHeld = (pool: PoolPlan): boolean =>
  pool.held || pool.usableGpus === null || (pool.powerBudget !== null && pool.wattsPerGpu === null);

/** Whether gangs of the pool claim channels into an NVLink domain. */
export const hasChannels = ({ nvlinkAcrossNodes }: PoolPlan): boolean => nvlinkAcrossNodes === true;

export const flavorName = (pool: string): string => `pool-${pool}`;
const powerFlavorName = (pool: string): string => `power-${pool}`;
export const clusterQueueName = (pool: string): string => `pool-${pool}`;

/**
 * The queue of one pool: GPUs in one resource group, watts in another, so that Kueue admits a workload only while
 * both last; rented instances have no power budget of ours, and their queue counts GPUs alone. Kueue counts a GPU in
 * watts by a resource transformation. CPU and memory are not covered: the nodes hold GPU workloads alone, and the
 * controller's configuration excludes them.
 */
export function clusterQueue({ site, pool }: ClusterQueueArgs): KubernetesObject {
  const held = isHeld(pool);
  return {
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "ClusterQueue",
    metadata: {
      name: clusterQueueName(pool.id),
      labels: { ...commonLabels(site, "power"), [LABEL.pool]: pool.id, [LABEL.phase]: pool.phase },
    },
    spec: {
      namespaceSelector: { matchExpressions: [{ key: LABEL.tenant, operator: "Exists" }] },
      queueingStrategy: "BestEffortFIFO",
      stopPolicy: held ? "Hold" : "None",
      preemption: { withinClusterQueue: "LowerPriority", reclaimWithinCohort: "Never" },
      resourceGroups: [
        group(flavorName(pool.id), nodeQuotas(pool, held)),
        ...(pool.powerBudget === null
          ? []
          : [group(powerFlavorName(pool.id), [[WATTS_RESOURCE, held ? 0 : pool.powerBudget]])]),
      ],
    },
  };
}

type Quota = readonly [resource: string, nominal: number];

/** What the nodes of the pool have: GPUs, and a channel each where NVLink joins them. */
function nodeQuotas(pool: PoolPlan, held: boolean): readonly Quota[] {
  const gpus = held ? 0 : (pool.usableGpus ?? 0);
  const channels: Quota = [CHANNELS_RESOURCE, Math.floor(gpus / (pool.gpusPerNode ?? 1))];
  return [[GPU_RESOURCE, gpus], ...(hasChannels(pool) ? [channels] : [])];
}

const group = (flavor: string, quotas: readonly Quota[]) => ({
  coveredResources: quotas.map(([resource]) => resource),
  flavors: [{ name: flavor, resources: quotas.map(([name, nominal]) => ({ name, nominalQuota: String(nominal) })) }],
});

/** Watts have no nodes: their flavor carries neither node labels nor topology. */
export const powerFlavor = (site: string, pool: PoolPlan): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "ResourceFlavor",
  metadata: { name: powerFlavorName(pool.id), labels: { ...commonLabels(site, "power"), [LABEL.pool]: pool.id } },
  spec: {},
});
