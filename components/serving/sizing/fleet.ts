import { watts } from "../../quantity.ts";
import { gpusOf, type Parallel } from "../capacity/parallel.ts";
import { replicasOf } from "../failing-unit.ts";
import { widthsOf } from "../roles.ts";
import type { Feasible, Fleet } from "./sizing-types.ts";
import type { Sought, Verdict } from "./sought.ts";
import { usdPerMillionTokens } from "./token-costs.ts";

/** Those that the peak needs, and beside them as many as the loss of a rack or an instance takes. */
export function fleetOf({ unit }: Sought, role: Fleet["role"], parallel: Parallel, needed: number): Fleet {
  const copies = needed + replicasOf(unit, widthsOf(parallel, unit.gpusPerNode));
  return { role, gpusPerCopy: gpusOf(parallel), needed, copies };
}

const gpusIn = (fleets: readonly Fleet[]): number =>
  fleets.reduce((sum, { gpusPerCopy, copies }) => sum + gpusPerCopy * copies, 0);

/** The refusal of more GPUs than there are; null where they suffice. */
export function lackOf({ gpusToHave }: Sought, fleets: readonly Fleet[]): Verdict | null {
  const gpus = gpusIn(fleets);
  return gpus <= gpusToHave ? null : { kind: "refused", refusal: { kind: "pool", gpus } };
}

/** Cost and power of the traffic at its peak. */
export function worth(
  { pool, gpu, pue, perGpuHour, demand }: Sought,
  parts: readonly { readonly fleet: Fleet; readonly wattsPerGpu: number }[],
): Pick<Feasible, "fleets" | "gpus" | "watts" | "usdPerMillionTokens" | "tokensPerSPerMwSite"> {
  const fleets = parts.map(({ fleet }) => fleet);
  const gpus = gpusIn(fleets);
  const rest = pool.rackWattsPerGpu === null ? null : Math.max(0, pool.rackWattsPerGpu - gpu.tdpWatts);
  const drawn = parts.reduce((sum, { fleet, wattsPerGpu }) => sum + gpusIn([fleet]) * wattsPerGpu, 0);
  const it = watts(Math.ceil(drawn + gpus * (rest ?? 0)));
  const tokensPerS = demand.peakRequestsPerS * demand.outputTokens;
  const exactly = { low: tokensPerS, value: tokensPerS, high: tokensPerS };
  return {
    fleets,
    gpus,
    watts: it,
    usdPerMillionTokens: usdPerMillionTokens(exactly, gpus, perGpuHour)?.value ?? null,
    tokensPerSPerMwSite: rest === null || pue === null ? null : (tokensPerS / (it * pue)) * 1e6,
  };
}
