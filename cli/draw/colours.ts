import type { NodeLoad } from "../../components/power/node-loads.ts";

/** Fills by what is left of the limit; each is told by the figures in the box as well. */
export const COLOURS = {
  room: "#cfe8cf",
  tight: "#fbe3a2",
  beyond: "#f4b6ae",
  unknown: "#dddddd",
  plain: "#ffffff",
  failed: "#b3261e",
} as const;

/** From here on little is left for the next rack. */
const TIGHT = 0.8;

export function fillOf({ usable, worst, complete }: NodeLoad): string {
  if (usable === "none") return COLOURS.plain;
  if (usable === null) return COLOURS.unknown;
  if (worst > usable) return COLOURS.beyond;
  if (!complete) return COLOURS.unknown;
  return worst > usable * TIGHT ? COLOURS.tight : COLOURS.room;
}
