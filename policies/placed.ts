import { queueResolver } from "./queue.ts";
import { type RegisteredObject, type Text, UNKNOWN } from "./registered.ts";
import { type Workload, workloadsOf } from "./workload.ts";

/** A workload that asks for GPUs, or may, with its pool: by queue, else by node selector; null where it may land anywhere. */
export interface Placed {
  readonly workload: Workload;
  readonly pool: Text;
}

export function placedWorkloads(registered: readonly RegisteredObject[]): readonly Placed[] {
  const resolve = queueResolver(registered);
  return workloadsOf(registered)
    .filter(({ gpus }) => gpus !== 0)
    .map((workload) => ({ workload, pool: poolOf(workload, resolve) }));
}

function poolOf(workload: Workload, resolve: ReturnType<typeof queueResolver>): Text {
  const queue = resolve(workload);
  if (queue === UNKNOWN) return UNKNOWN;
  return queue === null || queue.pool === null ? workload.pool : queue.pool;
}
