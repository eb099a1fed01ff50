import type { Weights } from "./front.ts";
import type { Feasible } from "./sizing-types.ts";
import type { Sought } from "./sought.ts";

/** What the configurations on a pool are weighed in. */
export interface Scale {
  /** Money where the price of a GPU of the pool is known; else its GPUs, which are like no others. */
  readonly cost: "money" | "gpus";
  /** Of whole racks, or of GPUs alone where the rack is not known; none where it is the landlord's. */
  readonly power: "racks" | "gpus" | "none";
}

type Weighed = Pick<Sought, "pool" | "perGpuHour">;

export const scaleOf = ({ pool, perGpuHour }: Weighed): Scale => ({
  cost: perGpuHour === null ? "gpus" : "money",
  power: pool.instances !== null ? "none" : pool.rackWattsPerGpu === null ? "gpus" : "racks",
});

/** The same for pools whose configurations compare: what is not known of one is unlike anything of another. */
export function comparedIn(weighed: Weighed): string {
  const { cost, power } = scaleOf(weighed);
  const own = cost === "gpus" || power === "gpus" ? `of ${weighed.pool.id}` : "";
  return `${cost} ${power} ${own}`;
}

/** $ of the same tokens go with the cost of the GPUs, and tokens a second and MW with the watts. */
export function weightsOf(weighed: Weighed, { gpus, watts, interTokenS }: Feasible): Weights {
  const each = weighed.perGpuHour === null ? 1 : Number(weighed.perGpuHour);
  return [gpus * each, scaleOf(weighed).power === "none" ? 0 : watts, interTokenS.value];
}
