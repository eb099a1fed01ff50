import type { LedgerRow } from "../../components/power/power-types.ts";
import type { Total } from "../../components/total.ts";

const MEGA = 1_000_000;
/** From here on a tenth of a megawatt is fine enough. */
const LARGE_MW = 100;

/** A power, a sum that may lack something, or null where nothing is known. */
export type Power = number | Total | null;

/** Columns of powers in MW, all with the same decimals: exact to a kilowatt below 100 MW, else to a tenth. */
export function megawattColumns(columns: readonly (readonly Power[])[]): readonly (readonly string[])[] {
  const sizes = columns.flat().map((power) => Math.abs(knownOf(power) ?? 0) / MEGA);
  const decimals = Math.max(0, ...sizes) >= LARGE_MW ? 1 : 3;
  return columns.map((column) => column.map((power) => shown(power, decimals)));
}

function shown(power: Power, decimals: number): string {
  const known = knownOf(power);
  if (known === null) return "unknown";
  const isFloor = typeof power === "object" && power !== null && power.missing.length > 0;
  return `${isFloor ? "≥ " : ""}${fixed(known / MEGA, decimals)}`;
}

/** The one value of a power, or its floor. */
function knownOf(power: Power): number | null {
  if (power === null || typeof power === "number") return power;
  return power.known === 0 && power.missing.length > 0 ? null : power.known;
}

/** What is not nothing is not shown as nothing: six decimals are a watt. */
const fixed = (megawatts: number, decimals: number): string =>
  megawatts !== 0 && Number(megawatts.toFixed(decimals)) === 0 ? megawatts.toFixed(6) : megawatts.toFixed(decimals);

/** Firm supply less load, where both are known. */
export const marginOf = ({ meter, firm }: LedgerRow): number | null =>
  meter.missing.length + firm.missing.length > 0 ? null : firm.known - meter.known;
