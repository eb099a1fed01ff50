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
  readonly pools: readonly PoolPlan[];
}

/** A pool's quota stands only where all of it is known and its phase is open; else the queue is held at 0. */
const isHeld = (pool: PoolPlan): boolean =>
  pool.held || pool.quotaGpus === null || (pool.powerBudget !== null && pool.wattsPerGpu === null);

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
export function clusterQueue({ site, pool, pools }: ClusterQueueArgs): KubernetesObject {
  const held = isHeld(pool);
  const lender = pools.find(({ overflow }) => overflow.includes(pool.id));
  const cohort = pool.overflow.length > 0 ? pool : lender;
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
      ...(cohort === undefined ? {} : { cohortName: `overflow-${cohort.id}` }),
      // What a pool has lent comes back as soon as its own queue asks for it.
      preemption: { withinClusterQueue: "LowerPriority", reclaimWithinCohort: lender === undefined ? "Never" : "Any" },
      ...(pool.overflow.length === 0 ? {} : { flavorFungibility: BORROW_BEFORE_PREEMPTION }),
      resourceGroups: [
        nodeGroup(pool, held),
        ...(pool.powerBudget === null
          ? []
          : [group([[powerFlavorName(pool.id), [[WATTS_RESOURCE, held ? 0 : pool.powerBudget]]]])]),
      ],
    },
  };
}

type Quota = readonly [resource: string, nominal: number];

/** What the nodes of the pool have: GPUs, and a channel each where NVLink joins them. */
function nodeQuotas(pool: PoolPlan, held: boolean): readonly Quota[] {
  const gpus = held ? 0 : (pool.quotaGpus ?? 0);
  const channels: Quota = [CHANNELS_RESOURCE, Math.floor(gpus / (pool.gpusPerNode ?? 1))];
  return [[GPU_RESOURCE, gpus], ...(hasChannels(pool) ? [channels] : [])];
}

/** The pool's own nodes first; of the others the queue has none and borrows what their own queues leave. */
function nodeGroup(pool: PoolPlan, held: boolean) {
  const own = nodeQuotas(pool, held);
  const none = own.map(([resource]): Quota => [resource, 0]);
  return group([
    [flavorName(pool.id), own],
    ...pool.overflow.map((id): [string, readonly Quota[]] => [flavorName(id), none]),
  ]);
}

/** Idle nodes elsewhere are taken before somebody is pushed out. */
const BORROW_BEFORE_PREEMPTION = { whenCanBorrow: "MayStopSearch", whenCanPreempt: "TryNextFlavor" };

const group = (flavors: readonly (readonly [flavor: string, quotas: readonly Quota[]])[]) => ({
  coveredResources: flavors[0]?.[1].map(([resource]) => resource) ?? [],
  flavors: flavors.map(([name, quotas]) => ({
    name,
    resources: quotas.map(([resource, nominal]) => ({ name: resource, nominalQuota: String(nominal) })),
  })),
});

/** Watts have no nodes: their flavor carries neither node labels nor topology. */
export const powerFlavor = (site: string, pool: PoolPlan): KubernetesObject => ({
  apiVersion: "kueue.x-k8s.io/v1beta2",
  kind: "ResourceFlavor",
  metadata: { name: powerFlavorName(pool.id), labels: { ...commonLabels(site, "power"), [LABEL.pool]: pool.id } },
  spec: {},
});
