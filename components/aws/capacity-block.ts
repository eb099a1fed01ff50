import type { Reservation } from "../compute/schema.ts";
import { minuteOf } from "../site/instant.ts";

export type CapacityBlock = Extract<Reservation, { readonly kind: "capacity-block" }>;

/** Minutes before its end at which AWS begins to take the nodes of a block. Source: EKS user guide, Capacity Blocks. */
const DRAIN_MIN = 30;
const DRAIN_ULTRASERVER_MIN = 60;

/** The times of a block in minutes since 1970, UTC; load lets none through that does not exist. */
export function minutesOf({ from, until, neededUntil }: CapacityBlock) {
  return { from: known(from), until: known(until), neededUntil: known(neededUntil) };
}

function known(text: string): number {
  const minute = minuteOf(text);
  if (minute === null) throw new Error(`${text} is no instant: load lets none through`);
  return minute;
}

/** From here on the nodes are drained: 11:00 UTC of the last day, 10:30 for UltraServers. */
export const drainMinute = (block: CapacityBlock, isUltraServer: boolean): number =>
  minutesOf(block).until - (isUltraServer ? DRAIN_ULTRASERVER_MIN : DRAIN_MIN);
