import type { CostLine, Count, MoneyTotal } from "../plan-types.ts";
import { type MicroUsd, microUsd } from "../quantity.ts";

export const NONE = microUsd(0n);

export function line(
  id: string,
  what: string,
  capex: MicroUsd | null,
  perHour: MicroUsd | null,
  from: readonly string[],
  missing: readonly string[],
): CostLine {
  return { id, what, capex, perHour, from, missing };
}

export function sum(lines: readonly CostLine[], field: "capex" | "perHour"): MoneyTotal {
  const known = microUsd(lines.reduce((total, each) => total + (each[field] ?? 0n), 0n));
  const open = lines.filter((each) => each[field] === null);
  return { known, missing: [...new Set(open.flatMap(({ missing }) => missing))] };
}

/** Cost an hour over the GPUs, rounded down; null where a part of either is not known. */
export const perGpu = (perHour: MoneyTotal, gpus: Count): MicroUsd | null =>
  gpus === null || gpus === 0 || perHour.missing.length > 0 ? null : microUsd(perHour.known / BigInt(gpus));
