import type { Dimension } from "../quantity.ts";
import type { PhaseState } from "../site/phase-state.ts";
import type { Quality } from "./catalog.ts";

/** How a measured value is held against its limit. */
export type Comparison = "atLeast" | "atMost" | "below";

/** A catalog figure as it is written, and in the base unit of its dimension. */
export interface Figure {
  readonly written: string;
  readonly value: number;
}

/** A limit of a measured value: one for all, or one for each GPU or system; where it has none, what is agreed counts. */
export interface Limit {
  readonly comparison: Comparison;
  readonly all: Figure | null;
  /** By GPU or by system of the catalog. */
  readonly each: ReadonlyMap<string, Figure>;
}

/** A value that the document of a gate states, with what it must come to. */
export interface Measure {
  readonly id: string;
  readonly what: string;
  readonly dimension: Dimension;
  /** One limit, or the two of a range. */
  readonly limits: readonly Limit[];
  /** What others measured, by GPU or system: to compare with, never a limit. */
  readonly published: ReadonlyMap<string, Figure>;
  readonly source: string;
  readonly date: string;
  readonly quality: Quality;
}

/** A gate of the commissioning ladder, or of the acceptance of the cluster: evidence that a phase needs from `neededFrom` on. */
export const CONCERNED = ["every site", "racks", "liquid-cooled racks"] as const;

export interface Gate {
  readonly id: string;
  readonly proves: string;
  readonly neededFrom: PhaseState;
  /** Gates whose first document is no younger. */
  readonly after: readonly string[];
  /** One document may stand for several phases. */
  readonly shared: boolean;
  /**
   * Whom it concerns: racks under rented instances are the landlord's to prove. Racks count as cooled by liquid unless all of
   * the phase are known to give no heat to one.
   */
  readonly of: (typeof CONCERNED)[number];
  readonly measures: readonly Measure[];
  readonly source: string;
  readonly date: string;
  readonly quality: Quality;
}

/** A study that no rule can replace: evidence that a phase needs from `neededFrom` on, made for parts of its plan. */
export interface Study {
  readonly id: string;
  readonly proves: string;
  readonly neededFrom: PhaseState;
  /** Parts of the plan that it rests on: it is made anew where one of them changes. */
  readonly parts: readonly string[];
  readonly source: string;
  readonly date: string;
  readonly quality: Quality;
}
