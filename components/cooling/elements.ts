import type { Element } from "../power/one-line/graph.ts";
import type { Place } from "../power/one-line/places.ts";
import { drawPerHeat } from "./heat.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";
import { limitsOf } from "./limits.ts";

/** The name of an element, the same among what takes heat and among what draws power: "b1.h1.p2.cdu-1". */
export const elementId = ({ id }: Place, level: string, index: number): string =>
  `${id === "" ? "" : `${id}.`}${level}-${index + 1}`;

const UNLIMITED = { rated: Number.POSITIVE_INFINITY, usable: Number.POSITIVE_INFINITY, gain: 1 } as const;

/** An element that takes heat: what limits it, and its own draw on top of what it passes on. */
export function heatElement(level: ResolvedLevel, input: CoolingInput): Element {
  const usable = limitsOf(level, input).usable;
  const share = drawPerHeat(level, input);
  return {
    kind: level.level.kind,
    level: level.level.id,
    rated: usable,
    usable,
    gain: share === null ? null : 1 + share,
    gainFrom: `${level.at}.draw`,
    maintainable: false,
    allNeeded: level.level.scheme === "N",
    canFail: true,
    at: level.at,
  };
}

/** The same element as what draws power: one that fails takes power from nobody. */
export const drawingElement = ({ level, at }: ResolvedLevel): Element => ({
  ...UNLIMITED,
  kind: level.kind,
  level: level.id,
  maintainable: false,
  allNeeded: false,
  canFail: false,
  at,
  loadFrom: `${at}.draw`,
});

/** Heat that has to be taken: a rack's liquid, or the air of a pod. */
export const heatSource = (level: "liquid" | "air", at: string, from: string): Element => ({
  ...UNLIMITED,
  kind: "rack",
  level,
  maintainable: false,
  allNeeded: false,
  canFail: false,
  at,
  loadFrom: from,
});
