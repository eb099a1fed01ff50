import type { PoolPlan } from "../../plan-types.ts";
import { type Ratio, watts } from "../../quantity.ts";
import type { EnergyPlan, Interval, OperationPlan } from "../capacity-plan.ts";
import type { ServiceModel } from "./service-model.ts";

interface Fleet {
  readonly gpus: number;
  readonly pool: PoolPlan;
  readonly tdpWatts: number;
  readonly pue: Ratio | null;
}

/**
 * Draw of the GPUs by the sequences that they run, with their share of the rest of the rack at its full TDP; tokens by
 * energy at the load carried within the objective. Expected, not granted: feeds stay planned for rack TDP.
 */
export function energyOf(
  model: ServiceModel,
  operation: OperationPlan | null,
  tokensPerS: Interval,
  { gpus, pool, tdpWatts, pue }: Fleet,
): EnergyPlan {
  const wattsPerGpu = Math.min(tdpWatts, Math.ceil(model.wattsPerGpu(Math.max(1, operation?.sequences ?? 1))));
  const rest = pool.rackWattsPerGpu === null ? null : Math.max(0, pool.rackWattsPerGpu - tdpWatts);
  const itWatts = rest === null ? null : watts(gpus * (wattsPerGpu + rest));
  const perMegawatt = itWatts === null ? null : each(tokensPerS, (tokens) => (tokens / itWatts) * 1e6);
  return {
    wattsPerGpu: watts(wattsPerGpu),
    itWatts,
    joulesPerOutputToken: tokensPerS.low > 0 ? turned(tokensPerS, (tokens) => (gpus * wattsPerGpu) / tokens) : null,
    tokensPerSPerMwIt: perMegawatt,
    tokensPerSPerMwSite: perMegawatt === null || pue === null ? null : each(perMegawatt, (tokens) => tokens / pue),
  };
}

const each = ({ low, value, high }: Interval, by: (figure: number) => number): Interval => ({
  low: by(low),
  value: by(value),
  high: by(high),
});

/** Of a figure that falls where the other rises: its ends change places. */
const turned = ({ low, value, high }: Interval, by: (figure: number) => number): Interval => ({
  low: by(high),
  value: by(value),
  high: by(low),
});
