import type { PoolPlan, TargetPlan } from "../plan-types.ts";
import type { TopologyPlan } from "./network-types.ts";

/** Node labels of the hall, coarsest first; Kueue wants the host name last. A pod is a row of racks on one set of RPPs. */
const HALL_LEVELS = [
  "topology.millrace.dev/building",
  "topology.millrace.dev/hall",
  "topology.millrace.dev/pod",
  "topology.millrace.dev/rack",
] as const;

/** What a cloud tells of where its instances stand: EKS sets both on every node. */
const CLOUD_LEVELS = ["topology.kubernetes.io/zone"] as const;

/** NVLink domain and clique of a node, as GPU Feature Discovery finds them; a node whose NVLink is down has no such label. */
const NVLINK_LEVEL = "nvidia.com/gpu.clique";
const HOST_LEVEL = "kubernetes.io/hostname";

/** Kueue never uses a node that lacks a label of the topology: only pools with NVLink across nodes have that level. */
export const topologyNameOf = ({ nvlinkAcrossNodes }: Pick<PoolPlan, "nvlinkAcrossNodes">): string =>
  nvlinkAcrossNodes === true ? "hall-nvlink" : "hall";

/** The topologies that the pools need, by name. */
export function planTopologies(target: TargetPlan, pools: readonly PoolPlan[]): readonly TopologyPlan[] {
  const outer = target.kind === "aws" ? CLOUD_LEVELS : HALL_LEVELS;
  const byName = new Map(
    pools.map((pool): [string, TopologyPlan] => {
      const name = topologyNameOf(pool);
      const nvlink = pool.nvlinkAcrossNodes === true ? [NVLINK_LEVEL] : [];
      return [name, { name, levels: [...outer, ...nvlink, HOST_LEVEL] }];
    }),
  );
  return [...byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Where a gang stays together: its NVLink domain, else its rack; null where neither is known of the nodes. */
export function gangLevel(topologies: readonly TopologyPlan[], pool: PoolPlan): string | null {
  const levels = topologies.find(({ name }) => name === topologyNameOf(pool))?.levels ?? [];
  return GANG_LEVELS.find((level) => levels.includes(level)) ?? null;
}

/** Levels that hold no more than one NVLink domain. */
export const GANG_LEVELS: readonly string[] = [NVLINK_LEVEL, HALL_LEVELS[3]];
