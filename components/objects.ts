import { budgetResources } from "./aws/budget-resources.ts";
import { clusterResources } from "./aws/cluster-resources.ts";
import { networkResources } from "./aws/network-resources.ts";
import { poolResources } from "./aws/pool-resources.ts";
import type { AwsResource } from "./aws/resource.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { clusterPolicy, dcgmCounters } from "./compute/gpu-stack.ts";
import { localQueue, resourceFlavor } from "./compute/resource-flavor.ts";
import type { PlannedObject } from "./kubernetes.ts";
import { nicPolicy } from "./network/nic-policy.ts";
import { allowDns, denyAll, topology } from "./network/objects.ts";
import { topologyNameOf } from "./network/topologies.ts";
import type { EndpointPlan, Plan, PoolPlan } from "./plan-types.ts";
import { clusterQueue, clusterQueueName, flavorName, hasChannels, powerFlavor } from "./power/cluster-queue.ts";
import { capPolicy } from "./power/gpu-cap-policy.ts";
import { kueueConfiguration } from "./power/kueue-configuration.ts";
import { powerAlerts } from "./power/power-alerts.ts";
import type { EndpointArgs } from "./serving/endpoint-args.ts";
import { endpointObjects } from "./serving/endpoint-objects.ts";
import { priorityClass, tenantNamespace, workloadPriorityClass } from "./serving/stack-objects.ts";

/** One component of the site with the objects that it registers. */
export interface Part {
  readonly component:
    | "Network"
    | "Cluster"
    | "GpuStack"
    | "PowerBudget"
    | "GpuNodePool"
    | "InferenceStack"
    | "ModelEndpoint";
  readonly name: string;
  /** What policies may read of it: plan data, plain. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly objects: readonly PlannedObject[];
  /** What it stands for on a cloud; none on other targets. */
  readonly resources?: readonly AwsResource[];
}

/** Everything that the plan puts on a cluster, component by component: a table of contents. */
export function partsOf(plan: Plan, catalog: Catalog): readonly Part[] {
  return [
    stackPart(plan, catalog),
    networkPart(plan),
    ...clusterPart(plan),
    gpuStackPart(plan, catalog),
    ...plan.pools.map((pool) => poolPart(plan, pool)),
    ...plan.pools.map((pool) => budgetPart(plan, pool, catalog)),
    ...plan.endpoints.filter(isBuilt).map((endpoint) => endpointPart(plan, endpoint, catalog)),
  ];
}

/** The objects alone, in the order in which they are registered. */
export const objectsOf = (plan: Plan, catalog: Catalog): readonly PlannedObject[] =>
  partsOf(plan, catalog).flatMap(({ objects }) => objects);

/** The resources of the cloud alone, in their order. */
export const resourcesOf = (plan: Plan, catalog: Catalog): readonly AwsResource[] =>
  partsOf(plan, catalog).flatMap(({ resources }) => resources ?? []);

function stackPart({ site, tenants, network, pools, target }: Plan, { operations }: Catalog): Part {
  const podSecurity = operations.cluster.podSecurityVersion.value;
  const name = `${site}-serving`;
  return {
    component: "InferenceStack",
    name,
    args: { site, tenants: tenants.map(({ id }) => id) },
    objects: [
      {
        name: `${name}-kueue`,
        object: kueueConfiguration(site, network.wattsPerGpu, pools.some(hasChannels)),
        ...(target.kind === "kubernetes" ? { retained: true } : {}),
      },
      ...tenants.flatMap((tenant) => [
        { name: `${name}-${tenant.id}-namespace`, object: tenantNamespace(site, tenant, podSecurity) },
        { name: `${name}-${tenant.id}-priority`, object: priorityClass(site, tenant) },
        { name: `${name}-${tenant.id}-workload-priority`, object: workloadPriorityClass(site, tenant) },
      ]),
    ],
  };
}

function networkPart({ site, tenants, network, target }: Plan): Part {
  const name = `${site}-network`;
  return {
    component: "Network",
    name,
    args: { site, topologies: network.topologies, ingressNamespaces: network.ingressNamespaces },
    objects: [
      ...network.topologies.map((each) => ({
        name: `${name}-topology${each.name.replace(/^hall/, "")}`,
        object: topology(site, each),
      })),
      ...tenants.flatMap((tenant) => [
        { name: `${name}-${tenant.id}-deny-all`, object: denyAll(site, tenant.namespace) },
        { name: `${name}-${tenant.id}-allow-dns`, object: allowDns(site, tenant.namespace) },
      ]),
    ],
    resources: target.kind === "aws" ? networkResources(site, target) : [],
  };
}

/** The cluster itself, where it is ours to make. */
function clusterPart({ site, target, cost }: Plan): readonly Part[] {
  if (target.kind !== "aws") return [];
  const { region, kubernetes } = target;
  return [
    {
      component: "Cluster",
      name: `${site}-cluster`,
      args: { site, region, kubernetes, privateEndpoint: true },
      objects: [],
      resources: [...clusterResources(site, target), ...budgetResources(site, cost.budgetPerHour.value, target.alerts)],
    },
  ];
}

function gpuStackPart({ site, target, pools }: Plan, { operations }: Catalog): Part {
  const name = `${site}-gpus`;
  const nics = nicPolicy(site, pools, operations.networkOperator);
  const imageBringsDriver = target.kind === "aws";
  return {
    component: "GpuStack",
    name,
    args: { site, imageBringsDriver },
    objects: [
      { name: `${name}-counters`, object: dcgmCounters(site) },
      { name: `${name}-policy`, object: clusterPolicy(site, imageBringsDriver) },
      ...(nics === null ? [] : [{ name: `${name}-nics`, object: nics }]),
    ],
  };
}

function poolPart({ site, endpoints, tenants }: Plan, pool: PoolPlan): Part {
  const name = `${site}-pool-${pool.id}`;
  const users = new Set(endpoints.filter((endpoint) => endpoint.pool === pool.id).map(({ tenant }) => tenant));
  return {
    component: "GpuNodePool",
    name,
    args: {
      site,
      pool: pool.id,
      phase: pool.phase,
      state: pool.state,
      system: pool.system,
      capacity: pool.capacity,
      nodes: pool.nodes,
      usableGpus: pool.usableGpus,
    },
    objects: [
      { name: `${name}-flavor`, object: resourceFlavor(site, pool, topologyNameOf(pool), flavorName(pool.id)) },
      ...tenants
        .filter(({ id }) => users.has(id))
        .map((tenant) => ({
          // A dot, since the ids of pool and tenant hold hyphens: pool a with tenant b-c is not pool a-b with tenant c.
          name: `${name}-queue.${tenant.id}`,
          object: localQueue(site, tenant.namespace, pool.id, clusterQueueName(pool.id)),
        })),
    ],
    resources: poolResources(site, pool),
  };
}

function budgetPart({ site, alerts, pools }: Plan, pool: PoolPlan, { operations }: Catalog): Part {
  const name = `${site}-power-${pool.id}`;
  return {
    component: "PowerBudget",
    name,
    args: { site, domain: pool.id, budgetWatts: pool.powerBudget, wattsPerGpu: pool.wattsPerGpu, held: pool.held },
    objects: [
      ...(pool.powerBudget === null ? [] : [{ name: `${name}-flavor`, object: powerFlavor(site, pool) }]),
      { name: `${name}-queue`, object: clusterQueue({ site, pool, pools }) },
      ...capPolicy(site, pool).map((object) => ({
        name: `${name}-cap${object.kind.endsWith("Binding") ? "-binding" : ""}`,
        object,
      })),
      ...(alerts === null ? [] : powerAlerts(site, pool, alerts, operations.alerts)).map((object) => ({
        name: `${name}-alerts`,
        object,
      })),
    ],
  };
}

/** An endpoint of which it is not known how many copies it takes is planned, and not built. */
const isBuilt = ({ held, gpus }: EndpointPlan): boolean => !held && gpus !== null;

function endpointPart(plan: Plan, endpoint: EndpointPlan, catalog: Catalog): Part {
  const pool = plan.pools.find(({ id }) => id === endpoint.pool);
  const tenant = plan.tenants.find(({ id }) => id === endpoint.tenant);
  const model = catalog.models.get(endpoint.model);
  if (pool === undefined || tenant === undefined || model === undefined) {
    throw new Error(`endpoint ${endpoint.id} names a pool, tenant or model that is not there: load lets none through`);
  }
  const name = `${plan.site}-endpoint-${endpoint.id}`;
  const args: EndpointArgs = {
    site: plan.site,
    endpoint,
    pool,
    tenant,
    network: plan.network,
    operations: catalog.operations,
    huggingFace: model.huggingFace,
    router: plan.router,
  };
  return {
    component: "ModelEndpoint",
    name,
    args: {
      site: plan.site,
      endpoint: endpoint.id,
      pool: pool.id,
      model: endpoint.model,
      roles: endpoint.roles.map(({ role, replicas, nodesPerReplica, gpusPerNode, spread }) => ({
        role,
        replicas,
        nodesPerReplica,
        gpusPerNode,
        spread,
      })),
      gpus: endpoint.gpus,
      watts: endpoint.watts,
    },
    objects: endpointObjects(name, args),
  };
}
