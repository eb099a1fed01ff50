import type { System } from "./catalog.ts";
import type { Gpu } from "./gpu.ts";
import { byName } from "./names.ts";

/**
 * What has cost others a factor of two: dies counted as GPUs ("NVL144" is the rack of 72 packages), a sum of power-supply
 * nameplates taken for a load, and the terms of power mixed up. Null where a system has none of it; what is not known is
 * no trap.
 */
export function trapIn(system: System, gpus: ReadonlyMap<string, Gpu>): string | null {
  const [, packages] = /-nvl(\d+)$/.exec(system.id) ?? [];
  const { tdp, psuNameplate, gpusPerRack } = system;
  const peaks = system.edpPeaks.map(({ value }) => value);
  if (packages !== undefined && gpusPerRack.value !== null && gpusPerRack.value !== Number(packages))
    return `${gpusPerRack.value} GPUs in a rack that is called nvl${packages}: packages are GPUs, dies are not`;
  if ([tdp.value, ...peaks].some((load) => atLeast(load, psuNameplate.value)))
    return "a load as large as the sum of the power-supply nameplates, which is never a load";
  if (peaks.some((peak) => peak !== null && tdp.value !== null && peak < tdp.value))
    return "an EDP peak below TDP: the one is a short excursion above the other";
  const gpu = byName(gpus, system.gpu);
  const ofGpus = gpu === undefined || gpusPerRack.value === null ? null : gpu.tdpWatts * gpusPerRack.value;
  return ofGpus !== null && tdp.value !== null && tdp.value < ofGpus
    ? `a TDP below that of its ${gpusPerRack.value} GPUs, ${ofGpus} W: dies counted as GPUs, or a nominal load`
    : null;
}

const atLeast = (load: number | null, nameplate: number | null): boolean =>
  load !== null && nameplate !== null && load >= nameplate;
