import type { ShedPlan } from "../components/power/power-types.ts";
import { clusterQueuesOf } from "./queue.ts";
import { type RegisteredObject, readText, UNKNOWN } from "./registered.ts";
import { type Workload, workloadsOf } from "./workload.ts";

/** Whether what is registered lets the enforcer of a step do it; null where that cannot be told. */
export type Enforcement = (step: ShedPlan) => boolean | null;

/** The annotation by which NVIDIA Dynamo's power agent limits the GPUs of a pod. */
const POWER_LIMIT = "dynamo.nvidia.com/gpu-power-limit";

/**
 * Kueue can suspend what its queue of the pool has admitted. The power agent can limit the GPUs of pods that carry its
 * annotation: every workload with GPUs that runs on the pool, or may.
 */
export function enforcementOf(registered: readonly RegisteredObject[]): Enforcement {
  const queues = clusterQueuesOf(registered);
  const workloads = workloadsOf(registered).filter(({ gpus }) => gpus !== 0);
  return ({ enforcedBy, pool }) => {
    if (enforcedBy === "nothing") return false;
    if (enforcedBy === "kueue") {
      if (queues.some((queue) => queue.pool === pool)) return true;
      return queues.some((queue) => queue.pool === UNKNOWN) ? null : false;
    }
    const limits = workloads.filter((each) => each.pool === pool || typeof each.pool !== "string").flatMap(limitsOf);
    if (limits.length === 0 || limits.includes(false)) return false;
    return limits.includes(null) ? null : true;
  };
}

const limitsOf = ({ templates }: Workload): readonly (boolean | null)[] =>
  templates
    .filter(({ gpus }) => gpus !== 0)
    .map(({ template }) => {
      const limit = template === UNKNOWN ? UNKNOWN : readText(template, "metadata", "annotations", POWER_LIMIT);
      return limit === UNKNOWN ? null : limit !== null;
    });
