import type { Watts } from "../quantity.ts";
import type { PowerFeed } from "./records.ts";

type Rating = Pick<PowerFeed, "supply" | "phase" | "volts" | "amperes" | "maxUtilizationPercent">;

/**
 * What a feed may carry for long: V × A × max_utilization, × √3 where three phases carry it, at power factor 1, rounded
 * down to a watt. NetBox itself rounds √3 to 1.732. Source of the 80 %: NEC 210.20(A), 215.3.
 */
export function availablePower({ supply, phase, volts, amperes, maxUtilizationPercent }: Rating): Watts | null {
  const phases = phaseFactor(supply, phase);
  if (phases === null || volts === null || amperes === null || maxUtilizationPercent === null) return null;
  const whole = (BigInt(Math.abs(volts)) * BigInt(amperes) * BigInt(maxUtilizationPercent)) ** 2n * phases;
  return Number(squareRoot(whole) / 100n) as Watts;
}

/** Square of the factor; direct current has no phases. */
function phaseFactor(supply: Rating["supply"], phase: Rating["phase"]): bigint | null {
  if (supply === null || (supply === "ac" && phase === null)) return null;
  return supply === "ac" && phase === "three-phase" ? 3n : 1n;
}

/** The whole part of the root, by Newton's steps from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
