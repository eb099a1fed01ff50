import type { System } from "../catalog/catalog.ts";
import type { PoolCap } from "../compute/schema.ts";
import type { GpuCapPlan } from "../plan-types.ts";
import type { Watts } from "../quantity.ts";

/** Power of one GPU as the plan counts it: what the rack allots to it, less what an enforced cap takes away. */
interface GpuPower {
  readonly wattsPerGpu: Watts | null;
  readonly cap: GpuCapPlan | null;
}

/**
 * A cap counts only where something sets it and the GPU takes it: below the least settable limit the driver clamps it
 * up, above the largest it changes nothing, and where the range is not known it is not counted. The host's share of the
 * rack is not capped. Source of the range: NVIDIA's settable total graphics power of the product, in the catalog.
 */
export function gpuPower(rackWatts: Watts | null, system: System, cap: PoolCap | undefined, at: string): GpuPower {
  if (cap === undefined) return { wattsPerGpu: rackWatts, cap: null };
  const least = system.gpuPowerLeast.value;
  const most = system.gpuPowerMost.value;
  const perGpu = cap.perGpu.value;
  const settable = perGpu === null || least === null || most === null ? null : clamp(perGpu, least, most);
  const enforced = cap.enforcedBy === "nothing" ? null : settable;
  return {
    wattsPerGpu:
      rackWatts === null || enforced === null || most === null ? rackWatts : ((rackWatts - most + enforced) as Watts),
    cap: { perGpu, enforcedBy: cap.enforcedBy, enforced, at },
  };
}

const clamp = (value: Watts, least: Watts, most: Watts): Watts => Math.min(Math.max(value, least), most) as Watts;
