import type { Catalog, Instance, System } from "../catalog/catalog.ts";
import type { PoolPlan } from "../plan-types.ts";
import type { Endpoint } from "./schema.ts";

/** What goes down together under an endpoint: a rack of the site's own, or an instance or UltraServer that a cloud rents. */
export interface FailingUnit {
  readonly kind: "rack" | "instance";
  /** As the catalog names it. */
  readonly gpu: string;
  /** Nodes that take pods. */
  readonly nodes: number;
  readonly gpusPerNode: number;
}

/** The unit, or the paths of what of it is not known. */
export function failingUnit(
  pool: PoolPlan,
  { systems, instances }: Catalog,
): FailingUnit | { readonly missing: readonly string[] } {
  const system = systems.get(pool.system);
  if (system !== undefined) return rackOf(system);
  const instance = instances.get(pool.system);
  return instance === undefined ? { missing: [pool.at] } : instanceOf(instance, pool);
}

function rackOf(system: System): FailingUnit | { readonly missing: readonly string[] } {
  const { gpusPerRack, nodesPerRack, schedulableNodesPerRack } = system;
  if (gpusPerRack.value !== null && nodesPerRack.value !== null && schedulableNodesPerRack.value !== null) {
    const gpusPerNode = gpusPerRack.value / nodesPerRack.value;
    return { kind: "rack", gpu: system.gpu, nodes: schedulableNodesPerRack.value, gpusPerNode };
  }
  const missing = Object.entries({ gpusPerRack, nodesPerRack, schedulableNodesPerRack }).flatMap(
    ([field, { value }]) => (value === null ? [`catalog:systems/${system.id}/${field}`] : []),
  );
  return { missing };
}

/** Instances of an UltraServer go down together. */
function instanceOf(
  { id, gpu, gpus, onlyInUltraServers }: Instance,
  { at, instances }: PoolPlan,
): FailingUnit | { readonly missing: readonly string[] } {
  const nodes = onlyInUltraServers ? (instances?.ultraServer?.instances ?? null) : 1;
  if (gpus.value !== null && nodes !== null) return { kind: "instance", gpu, nodes, gpusPerNode: gpus.value };
  const missing = [
    ...(gpus.value === null ? [`catalog:instances/${id}/gpus`] : []),
    ...(nodes === null ? [`${at}.instances.ultraServer`] : []),
  ];
  return { missing };
}

/** Replicas that one unit holds at most, and at least one, since it goes down with any of its nodes: what a loss takes. */
export const replicasOf = (
  { nodes, gpusPerNode }: FailingUnit,
  { nodesPerReplica, gpusPerNode: asked }: Pick<Endpoint, "nodesPerReplica" | "gpusPerNode">,
): number =>
  nodesPerReplica > 1
    ? Math.max(1, Math.floor(nodes / nodesPerReplica))
    : nodes * Math.max(1, Math.floor(gpusPerNode / asked));
