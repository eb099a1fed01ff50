import type {
  Count,
  EndpointPlan,
  ImagePlan,
  PoolPlan,
  RolePlan,
  RouterPlan,
  SpeculationPlan,
  TenantPlan,
} from "../plan-types.ts";
import { times } from "../quantity.ts";
import { gpusOfCopy } from "./roles.ts";
import type { Endpoint, Image, Serving } from "./schema.ts";
import type { SettledEndpoint } from "./settle.ts";

/** Endpoints with the GPUs and watts they ask for; those of a held pool are planned, and not built. */
export function planEndpoints(
  endpoints: readonly SettledEndpoint[],
  pools: readonly PoolPlan[],
): readonly EndpointPlan[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  return endpoints.map((settled, index) =>
    planEndpoint(settled, poolOf.get(settled.endpoint.pool), `serving.endpoints[${index}]`),
  );
}

function planEndpoint(settled: SettledEndpoint, pool: PoolPlan | undefined, at: string): EndpointPlan {
  const { endpoint, roles } = settled;
  const gpus = gpusOfRoles(roles);
  const wattsPerGpu = pool?.wattsPerGpu ?? null;
  return {
    id: endpoint.id,
    tenant: endpoint.tenant,
    pool: endpoint.pool,
    model: endpoint.model,
    precision: settled.precision,
    precisionWhy: settled.precisionWhy,
    roles,
    replicasWhy: settled.replicasWhy,
    gpus,
    watts: gpus === null || wattsPerGpu === null ? null : times(gpus, wattsPerGpu),
    speculation: planSpeculation(endpoint, at),
    image: planImage(endpoint.image, `${at}.image`),
    held: pool?.held ?? true,
    at,
  };
}

const gpusOfRoles = (roles: readonly RolePlan[]): Count =>
  roles.reduce<Count>(
    (sum, role) => (sum === null || role.replicas === null ? null : sum + role.replicas * gpusOfCopy(role)),
    0,
  );

const planSpeculation = ({ speculation }: Endpoint, at: string): SpeculationPlan | null =>
  speculation === undefined
    ? null
    : {
        draftTokens: speculation.draftTokens,
        acceptedTokens: speculation.acceptedTokens.value,
        draft: speculation.draft ?? null,
        at: `${at}.speculation`,
      };

const planImage = (image: Image, at: string): ImagePlan => ({
  repository: image.repository,
  tag: image.tag,
  digest: image.digest ?? null,
  source: image.source ?? null,
  at,
});

/** Images of the router of endpoints whose prompts have copies of their own. */
export const planRouter = ({ router }: Serving): RouterPlan | null =>
  router === undefined
    ? null
    : {
        picker: planImage(router.picker, "serving.router.picker"),
        sidecar: planImage(router.sidecar, "serving.router.sidecar"),
      };

/** Tenants, each with a namespace of its own. */
export const planTenants = (serving: Serving): readonly TenantPlan[] =>
  serving.tenants.map(({ id, priority }, index) => ({
    id,
    namespace: `tenant-${id}`,
    priority,
    at: `serving.tenants[${index}]`,
  }));
