import type { PoolPlan } from "../plan-types.ts";
import type { Site } from "../site/schema.ts";

type Pools = Site["pools"];
/** What of a pool its queue hands out, and where it may borrow. */
type QueueShare = Pick<PoolPlan, "quotaGpus" | "warmNodes" | "overflow">;

/** Usable GPUs less those of the warm nodes: none where more are kept warm than there are. */
export function queueShare(
  { warmNodes = 0, overflow = [] }: Pools[number],
  { usableGpus, gpusPerNode }: Pick<PoolPlan, "usableGpus" | "gpusPerNode">,
  pools: Pools,
): QueueShare {
  const known = usableGpus !== null && gpusPerNode !== null;
  return {
    quotaGpus: known ? Math.max(0, usableGpus - warmNodes * gpusPerNode) : null,
    warmNodes,
    overflow: inOrder(overflow, pools),
  };
}

/** What is paid for anyway comes first, what may be taken away again last; else as the blueprint has them. */
const ORDER = ["owned", "reserved", "on-demand", "spot"];

function inOrder(ids: readonly string[], pools: Pools): readonly string[] {
  const rank = new Map(pools.map(({ id, capacity }) => [id, ORDER.indexOf(capacity)]));
  return ids.toSorted((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
}
