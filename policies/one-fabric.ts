import type { Plan, PoolPlan } from "../components/plan-types.ts";

/**
 * Whether nodes of the one pools and nodes of the others are always of one fabric: EFA reaches through one zone, the
 * compute fabric through one building. Null where pools are not known, or some of their nodes are and some are not.
 * Source: Amazon EC2 user guide: EFA traffic does not leave its Availability Zone.
 */
export function oneFabric(
  left: readonly PoolPlan[] | null,
  right: readonly PoolPlan[] | null,
  plan: Pick<Plan, "phases" | "network">,
): boolean | null {
  if (left === null || right === null) return null;
  const ours = left.flatMap((pool) => placesOf(pool, plan));
  const theirs = right.flatMap((pool) => placesOf(pool, plan));
  const all = new Set([...ours, ...theirs]);
  if (ours.length === 0 || theirs.length === 0) return null;
  if (all.size > 1) return all.size === new Set(ours).size + new Set(theirs).size ? false : null;
  const isOnePool = new Set([...left, ...right]).size === 1;
  return isOnePool || [...all].every((place) => isJoined(place, plan)) ? true : null;
}

/** The zone of rented nodes, the buildings of racks. */
const placesOf = (pool: PoolPlan, { phases }: Pick<Plan, "phases">): readonly string[] =>
  pool.instances === null
    ? (phases.find(({ id }) => id === pool.phase)?.buildings ?? []).map(({ id }) => `building ${id}`)
    : [`zone ${pool.instances.zone}`];

/** Two pools of a building are joined where the site says that a fabric of it carries the compute network. */
const isJoined = (place: string, { network }: Pick<Plan, "network">): boolean =>
  place.startsWith("zone ") ||
  network.fabrics.some(({ building, carries }) => place === `building ${building}` && carries.includes("compute"));
