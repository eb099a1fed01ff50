import type { Catalog } from "../../catalog/catalog.ts";
import type { Plan, PoolPlan } from "../../plan-types.ts";
import type { Ratio } from "../../quantity.ts";
import { questionOf } from "../question.ts";
import type { Endpoint } from "../schema.ts";
import type { PassedOver } from "./sizing-types.ts";
import type { Sought } from "./sought.ts";

/** The site about an endpoint: its plan, and what a watt of IT takes. */
export interface Surroundings {
  readonly plan: Pick<Plan, "pools" | "endpoints" | "cost">;
  readonly catalog: Catalog;
  readonly pue: Ratio | null;
  /** Ids of the pools that are allowed, whatever the state of their phase; null: all that are open and have GPUs left, and the endpoint's own. */
  readonly pools: readonly string[] | null;
}

interface Asked {
  /** The endpoint's own pool first, where it is asked. */
  readonly sought: readonly Sought[];
  readonly passedOver: readonly PassedOver[];
}

/** The question to each pool that an endpoint may stand on, and why the others are not asked. */
export function askPools(endpoint: Endpoint, at: string, surroundings: Surroundings): Asked {
  const { plan, pools: allowed } = surroundings;
  const others = plan.pools.map(({ id }) => id).filter((id) => id !== endpoint.pool);
  const ids = [endpoint.pool, ...others].filter((id) => allowed === null || allowed.includes(id));
  const answers = ids.map((id) => {
    const pool = plan.pools.find((each) => each.id === id);
    if (pool === undefined) return { pool: id, kind: "unknown", missing: [`${at}.pool`] } as const;
    return closed(pool, endpoint, allowed) ?? askPool(endpoint, pool, at, surroundings);
  });
  return {
    sought: answers.flatMap((answer) => ("kind" in answer ? [] : [answer])),
    passedOver: answers.flatMap((answer) => ("kind" in answer ? [answer] : [])),
  };
}

/** A pool whose phase takes no endpoints; a phase to come is asked all the same where its pool is meant. */
function closed(
  { id, held, phase, state }: PoolPlan,
  endpoint: Endpoint,
  allowed: Surroundings["pools"],
): PassedOver | null {
  if (!held || (state !== "retired" && isMeant(id, endpoint, allowed))) return null;
  return { pool: id, kind: "held", phase, state };
}

/** Named, or where the endpoint stands: what it would take is then of interest, whether it is there or not. */
const isMeant = (id: string, endpoint: Endpoint, allowed: Surroundings["pools"]): boolean =>
  allowed !== null || id === endpoint.pool;

function askPool(
  endpoint: Endpoint,
  pool: PoolPlan,
  at: string,
  { plan, catalog, pue, pools }: Surroundings,
): Sought | PassedOver {
  const { id, usableGpus } = pool;
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked) return { pool: id, kind: "unknown", missing: asked.missing };
  if (usableGpus === null) return { pool: id, kind: "unknown", missing: [`GPUs of pool ${id}`] };
  const others = plan.endpoints.filter((each) => each.pool === id && each.id !== endpoint.id);
  const open = others.filter(({ gpus }) => gpus === null);
  if (open.length > 0) return { pool: id, kind: "unknown", missing: open.map((each) => `${each.at}.replicas`) };
  const gpusToHave = Math.max(0, usableGpus - others.reduce((sum, { gpus }) => sum + (gpus ?? 0), 0));
  if (gpusToHave === 0 && !isMeant(id, endpoint, pools)) return { pool: id, kind: "taken", gpus: usableGpus };
  const perGpuHour = plan.cost.pools.find((each) => each.pool === id)?.perGpuHour ?? null;
  return { ...asked, catalog, pue, gpusToHave, perGpuHour };
}
