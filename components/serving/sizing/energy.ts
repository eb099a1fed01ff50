import type { PoolPlan } from "../../plan-types.ts";
import { type Ratio, watts } from "../../quantity.ts";
import type { EnergyPlan, Interval } from "../capacity-plan.ts";

interface Fleet {
  /** GPUs of each part of the way to serve, and what one of them draws at the peak. */
  readonly parts: readonly { readonly gpus: number; readonly wattsPerGpu: number }[];
  readonly pool: PoolPlan;
  readonly tdpWatts: number;
  readonly pue: Ratio | null;
}

/**
 * Draw of the GPUs by the sequences that they run, with their share of the rest of the rack at its full TDP; tokens by
 * energy at the load carried within the objective. Expected, not granted: feeds stay planned for rack TDP.
 */
export function energyOf(tokensPerS: Interval, { parts, pool, tdpWatts, pue }: Fleet): EnergyPlan {
  const gpus = parts.reduce((sum, part) => sum + part.gpus, 0);
  const drawn = parts.reduce((sum, part) => sum + part.gpus * Math.min(tdpWatts, Math.ceil(part.wattsPerGpu)), 0);
  const wattsPerGpu = Math.ceil(drawn / gpus);
  const rest = pool.rackWattsPerGpu === null ? null : Math.max(0, pool.rackWattsPerGpu - tdpWatts);
  const itWatts = rest === null ? null : watts(Math.ceil(drawn + gpus * rest));
  const perMegawatt = itWatts === null ? null : each(tokensPerS, (tokens) => (tokens / itWatts) * 1e6);
  return {
    wattsPerGpu: watts(wattsPerGpu),
    itWatts,
    joulesPerOutputToken: tokensPerS.low > 0 ? turned(tokensPerS, (tokens) => drawn / tokens) : null,
    tokensPerSPerMwIt: perMegawatt,
    tokensPerSPerMwSite: perMegawatt === null || pue === null ? null : each(perMegawatt, (tokens) => tokens / pue),
  };
}

/** A cap under what the GPUs would draw slows them, by how much is not known: the path of that cap. */
export const capBelow = ({ cap }: PoolPlan, drawnWatts: number): string | null =>
  cap?.enforced != null && cap.enforced < drawnWatts ? `${cap.at}.perGpu` : null;

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
