import type { Count } from "../plan-types.ts";
import type { Ratio } from "../quantity.ts";
import type { PhaseState } from "../site/phase-state.ts";
import type { Total } from "../total.ts";

/** A fabric of one building; counts are null where it cannot be sized, or the layer is not there to count. */
export interface FabricPlan {
  readonly id: string;
  readonly building: string;
  readonly phase: string;
  readonly state: PhaseState;
  readonly carries: readonly string[];
  readonly switch: string;
  readonly leafOf: "unit" | "rack" | "access";
  readonly nodes: Count;
  readonly counts: FabricSwitches | null;
  /** Places of what keeps it from being sized. */
  readonly missing: readonly string[];
  /** What cannot be as it is stated. */
  readonly impossible: string | null;
  /** Load of all its switches. */
  readonly load: Total;
  readonly cables: readonly CablePlan[];
  /** Places of what keeps the cables from having a length. */
  readonly waysMissing: readonly string[];
  readonly failures: readonly FabricFailure[];
  /** Whether even the last of each purpose has its addresses; null where the blueprint states no pools, or the fabric has no size. */
  readonly addresses: readonly AddressFit[] | null;
  readonly keeps: Ratio;
  readonly at: string;
}

/** Switches and cables of all planes together. */
export interface SwitchesAndCables {
  readonly leaf: number;
  readonly spine: number;
  readonly core: number;
  readonly nodeLeafCables: number;
  readonly leafSpineCables: number;
  readonly spineCoreCables: number;
}

export interface FabricSwitches extends SwitchesAndCables {
  readonly tiers: number;
  readonly planes: number;
  readonly rails: number;
  /** Null for an access fabric, whose uplinks belong to another. */
  readonly bisectionGbps: number | null;
}

/** Equal cables. */
interface CablePlan {
  readonly layer: "node-leaf" | "leaf-spine" | "spine-core";
  readonly gbps: number;
  /** Null where the blueprint does not say how far it is. */
  readonly lengthM: number | null;
  /** Catalog medium; null: not known, "out-of-reach": none of the catalog spans it. */
  readonly medium: string | null;
  readonly count: number;
}

/** One element lost: the nodes that feel it, and the share of its bandwidth that each of them keeps. */
interface FabricFailure {
  readonly element: string;
  readonly nodes: number;
  readonly left: number;
}

interface AddressFit {
  readonly purpose: string;
  readonly fits: boolean;
}

/** Racks for the switches of a building; null where a height or a count is unknown. */
export interface NetworkRacks {
  readonly building: string;
  readonly rackUnits: Count;
  readonly racks: Count;
}
