import type { EndpointPlan, ImagePlan, PoolPlan, TenantPlan } from "../plan-types.ts";
import { times } from "../quantity.ts";
import type { SettledEndpoint } from "./auto-precision.ts";
import type { Image, Serving } from "./schema.ts";

/** Endpoints with the GPUs and watts they ask for; those of a held pool are planned, and not built. */
export function planEndpoints(
  endpoints: readonly SettledEndpoint[],
  pools: readonly PoolPlan[],
): readonly EndpointPlan[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  return endpoints.map((endpoint, index) =>
    planEndpoint(endpoint, poolOf.get(endpoint.pool), `serving.endpoints[${index}]`),
  );
}

function planEndpoint(endpoint: SettledEndpoint, pool: PoolPlan | undefined, at: string): EndpointPlan {
  const gpus = endpoint.replicas * endpoint.nodesPerReplica * endpoint.gpusPerNode;
  const wattsPerGpu = pool?.wattsPerGpu ?? null;
  return {
    id: endpoint.id,
    tenant: endpoint.tenant,
    pool: endpoint.pool,
    model: endpoint.model,
    precision: endpoint.precision,
    precisionWhy: endpoint.precisionWhy,
    replicas: endpoint.replicas,
    nodesPerReplica: endpoint.nodesPerReplica,
    gpusPerNode: endpoint.gpusPerNode,
    gpus,
    watts: wattsPerGpu === null ? null : times(gpus, wattsPerGpu),
    image: planImage(endpoint.image, `${at}.image`),
    held: pool?.held ?? true,
    at,
  };
}

const planImage = (image: Image, at: string): ImagePlan => ({
  repository: image.repository,
  tag: image.tag,
  digest: image.digest ?? null,
  source: image.source ?? null,
  at,
});

/** Tenants, each with a namespace of its own. */
export const planTenants = (serving: Serving): readonly TenantPlan[] =>
  serving.tenants.map(({ id, priority }, index) => ({
    id,
    namespace: `tenant-${id}`,
    priority,
    at: `serving.tenants[${index}]`,
  }));
