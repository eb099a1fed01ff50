import type { Count } from "../plan-types.ts";
import type { Ratio, Seconds, Volts, Watts } from "../quantity.ts";
import type { Scope } from "../site/fields.ts";
import type { Total } from "../total.ts";
import type { Scheme, ShedAction, ShedEnforcer } from "./schema.ts";

/** One quarter from the first energization to the last change of supply or load. */
export interface LedgerRow {
  readonly quarter: string;
  /** Phases whose racks draw power in the quarter. */
  readonly phases: readonly string[];
  readonly racks: number;
  readonly gpus: Count;
  readonly it: Total;
  readonly pue: { readonly value: Ratio | null; readonly at: string };
  /** IT × PUE, rounded up to a watt. */
  readonly meter: Total;
  readonly contracted: Total;
  readonly firm: Total;
  /** Fastest change of the site's load, in W/s; null where it is not stated or not known. */
  readonly ramp: number | null;
  readonly supplies: readonly SupplyPlan[];
}

export interface SupplyPlan {
  readonly id: string;
  readonly contracted: Watts | null;
  /** What stays up under a single outage: the contract's firm power, or (units − spare) × unit. */
  readonly firm: Watts | null;
  /** Blueprint paths of the two figures; of what is missing, where one is. */
  readonly contractedAt: string;
  readonly firmAt: string;
  /** Fastest change of load that it follows, in W/s; null where it is not stated or not known. */
  readonly ramp: number | null;
  readonly at: string;
}

/** A level of the distribution in one building: equal elements, and the one among them that has to carry most. */
export interface LevelPlan {
  readonly id: string;
  readonly kind: string;
  readonly building: string;
  /** Phase that it comes with; null for what the whole site shares. */
  readonly phase: string | null;
  /** What a set of elements feeds, its scheme and size; null in a one-line that is written out node by node. */
  readonly set: { readonly per: Scope; readonly scheme: Scheme; readonly count: number } | null;
  /** Elements in the building. */
  readonly elements: number;
  readonly ratedWatts: Watts | null;
  readonly derating: Ratio;
  /** Rating × derating: what one element carries for good. */
  readonly usable: Watts | null;
  /** Power out over power in; null where it is not stated or not known. */
  readonly efficiency: Ratio | null;
  /** What feeds the level, with the voltages on both sides, in V; null where one is not stated or not known. */
  readonly voltages: readonly FeedVoltage[];
  /** Of systems that share loads in pairs, the pairs that carry least and most; null for every other scheme. */
  readonly pairs: PairPlan | null;
  readonly worst: WorstLoad;
  /** The same while every rack draws its EDP peak; at least what it carries at TDP. */
  readonly peak: WorstLoad;
  readonly at: string;
}

/** Pairs of systems with the load that hangs on them while nothing is out, in the step of the largest load. */
export interface PairPlan {
  readonly lightest: PairLoadPlan;
  readonly heaviest: PairLoadPlan;
}

interface PairLoadPlan {
  readonly elements: readonly string[];
  readonly watts: Watts;
}

export interface FeedVoltage {
  readonly by: string;
  readonly given: Volts | null;
  readonly givenAt: string;
  readonly taken: Volts | null;
  readonly takenAt: string;
}

/** The most that an element has to carry, over every state of the one-line and every step of the phases. */
export interface WorstLoad {
  readonly element: string;
  readonly load: Total;
  readonly state: OutageState;
}

/** What is out together, by id; nothing in the normal state. */
export interface OutageState {
  readonly out: readonly string[];
  readonly cause: "normal" | "single" | "maintenance" | "stated";
  /** Why nodes are out together, where the blueprint says it. */
  readonly why: string | null;
  /** First quarter in which it comes to this. */
  readonly quarter: string;
}

/** All states of the one-line, in every step of the phases. */
export interface FailurePlan {
  readonly nodes: number;
  /** States that were worked through, and nodes that were not failed, with the reason. */
  readonly states: { readonly single: number; readonly maintenance: number; readonly stated: number };
  readonly notFailed: readonly { readonly what: string; readonly nodes: number; readonly why: string }[];
  /** Quarters in which what draws power changes, each worked through, with the load that arrives at the supplies. */
  readonly steps: readonly StepPlan[];
  readonly losses: readonly LossPlan[];
  readonly bridging: readonly BridgingPlan[];
  readonly starts: readonly StartPlan[];
}

export interface StepPlan {
  readonly quarter: string;
  /** IT load with the losses that the blueprint states below the meter. */
  readonly arrives: Total;
}

/** A time in s, at least, with the blueprint paths of what is not known of it. */
export interface Span {
  readonly seconds: number;
  readonly missing: readonly string[];
}

/** Outages of one level in one building: the one that costs most racks. */
export interface LossPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly state: OutageState;
  /** Racks without power until repair although what feeds them claims to be redundant. */
  readonly racks: number;
  /** Racks without power until repair by choice: one cord, or all of N needed. */
  readonly accepted: number;
  /** Racks without power until a reserve has taken over, and the longest such time. */
  readonly interrupted: number;
  readonly longest: Span;
  /** Stored energy on the way was asked to bridge that time and does not for sure: `bridging` tells of it. */
  readonly behindStorage: boolean;
  /** States of this level that cost racks. */
  readonly states: number;
  readonly at: string;
}

/** Stored energy of one level in one building that has to bridge a gap: the element that is nearest to empty. */
export interface BridgingPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly element: string;
  readonly state: OutageState;
  /** Start and transfer of what takes over. */
  readonly gap: Span;
  /** Ride-through at the load of that state, in s; null where it is not known. */
  readonly ridesSeconds: number | null;
  readonly ridesMissing: readonly string[];
  readonly at: string;
}

/** Gensets of one level in one building: the largest step of load that one takes over. */
export interface StartPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly element: string;
  readonly state: OutageState;
  readonly step: Total;
  readonly ratedWatts: Watts | null;
  /** Largest step over rating; null where the blueprint does not state it. */
  readonly accepts: Ratio | null;
  /** Time at rated load that the fuel lasts, and that it has to, in s; null where not stated. */
  readonly fuelSeconds: Seconds | null;
  readonly autonomySeconds: Seconds | null;
  readonly at: string;
}

/** A call to draw less under one agreement, at the planned load from one quarter on. */
export interface CurtailmentPlan {
  readonly agreement: string;
  readonly quarter: string;
  /** Phases whose racks draw power then. */
  readonly phases: readonly string[];
  readonly reduction: Ratio | null;
  readonly withinSeconds: number | null;
  readonly durationSeconds: number | null;
  /** Load at the meter before the call. */
  readonly meter: Total;
  /** Load at the meter that has to go. */
  readonly required: Total;
  /** What goes down, in order; those after the first that are enough are not used. */
  readonly steps: readonly ShedPlan[];
  /** What the steps in use take off the IT load for sure. What cooling saves with it is not counted. */
  readonly saved: Total;
  /** Tokens/s of the endpoints that the steps in use slow down or suspend. */
  readonly lost: LostTokens;
  readonly at: string;
}

export interface LostTokens {
  readonly endpoints: readonly string[];
  readonly knownPerSecond: number;
  /** Endpoints whose throughput is not known. */
  readonly missing: readonly string[];
}

export interface ShedPlan {
  /** 1 goes first. */
  readonly priority: number;
  readonly pool: string;
  readonly endpoint: string | null;
  readonly action: ShedAction;
  readonly enforcedBy: ShedEnforcer;
  /** GPUs that it reaches, without those that are suspended already. */
  readonly gpus: Count;
  readonly withinSeconds: number | null;
  readonly used: boolean;
  /** What it takes off the IT load; 0 where it does not count; null where it is not known. */
  readonly saves: Watts | null;
  /** Why it does not count. */
  readonly refused: string | null;
  readonly missing: readonly string[];
  readonly at: string;
}
