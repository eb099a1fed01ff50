import type { Fault } from "../fault.ts";
import { select } from "../select.ts";
import { figureOf } from "./figure.ts";

/** What has a voltage on the side of the load, and takes one on the side of the supply. */
export interface Voltages {
  readonly id: string;
  readonly path: string;
  /** In V; null where unknown or not stated. */
  readonly primary: number | null;
  readonly voltage: number | null;
  /** A primary is stated: it takes another voltage than it gives. */
  readonly transforms: boolean;
}

/** A voltage of a block of the file, in V; null where it is unknown, not stated or cannot be read. */
export const voltageAt = (block: unknown, key: string): number | null =>
  select(block, key).found.flatMap((found) => figureOf("voltage", found)?.value ?? [])[0] ?? null;

export const voltagesAt = (block: unknown): Pick<Voltages, "primary" | "voltage" | "transforms"> => ({
  primary: voltageAt(block, "primary"),
  voltage: voltageAt(block, "voltage"),
  transforms: select(block, "primary").found.length > 0,
});

/** The first of those that feed it whose voltage is known and is not the one that it takes. */
export function voltageFaults(
  { path, primary, voltage, transforms }: Voltages,
  givers: readonly Pick<Voltages, "id" | "voltage">[],
): readonly Fault[] {
  const taken = transforms ? primary : voltage;
  if (taken === null) return [];
  return givers
    .filter((giver) => giver.voltage !== null && giver.voltage !== taken)
    .slice(0, 1)
    .map((giver) => ({
      path: `${path}.${transforms ? "primary" : "voltage"}`,
      problem: "voltages do not meet",
      got: `${taken} V, fed by ${giver.id} at ${giver.voltage} V`,
      allowed: `${giver.voltage} V`,
      fix: "put a transformer between them, with its primary voltage, or mend one of the two",
    }));
}
