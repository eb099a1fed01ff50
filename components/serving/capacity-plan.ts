import type { MicroUsd, Watts } from "../quantity.ts";
import type { EndpointMetrics } from "./capacity/endpoint-metrics.ts";
import type { Basis } from "./capacity/predict.ts";
import type { Role } from "./roles.ts";

/** A figure with the interval that its prediction stands in. */
export interface Interval {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/** What an endpoint can carry, and what its users see: predicted, refused with the reason, or waiting for figures. */
export interface CapacityPlan {
  readonly endpoint: string;
  readonly at: string;
  readonly outcome: CapacityOutcome;
}

export type CapacityOutcome =
  | {
      readonly kind: "unknown";
      /** Blueprint and catalog paths of what is not known. */
      readonly missing: readonly string[];
    }
  | { readonly kind: "refused"; readonly why: string }
  | ({ readonly kind: "predicted" } & PredictedCapacity);

export interface PredictedCapacity {
  readonly basis: Basis;
  /** One for each role that copies have. */
  readonly memory: readonly MemoryPlan[];
  readonly demand: DemandPlan;
  readonly objective: ObjectivePlan;
  /** All replicas, at the peak; null where they cannot keep up. */
  readonly atPeak: OperationPlan | null;
  /** Copies left of each role when the rack or the instance that holds most of them is lost, at the peak. */
  readonly unitLost: {
    readonly unit: "rack" | "instance";
    readonly left: readonly { readonly role: Role; readonly replicas: number }[];
    readonly operation: OperationPlan | null;
  };
  /** Output tokens a second that all replicas carry within the objective. */
  readonly outputTokensPerS: Interval;
  readonly energy: EnergyPlan;
  /** By output token at the load that is carried within the objective; null where a cost or the load is not known. */
  readonly usdPerMillionTokens: MoneyInterval | null;
  /** As endpoints are compared in public, at the peak; null where requests pile up, or prompts have copies of their own. */
  readonly comparison: ComparisonPlan | null;
  /** A measured run of the same model, GPU, engine and format that is slower than promised at no more load. */
  readonly contradiction: string | null;
}

export interface MemoryPlan {
  readonly role: Role;
  readonly weightsBytesPerGpu: number;
  readonly keyValueBytesPerGpu: number;
  readonly keyValueTokens: number;
  readonly longestRequestTokens: number;
  /** False under 10 GiB of KV cache. */
  readonly established: boolean;
}

export interface DemandPlan {
  readonly profile: string;
  readonly source: string;
  readonly peakRequestsPerS: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly prefixHitRate: number;
  readonly burstiness: number;
}

/** Seconds that 95 of a hundred stay within. */
export interface ObjectivePlan {
  readonly timeToFirstTokenS: number;
  readonly interTokenS: number;
}

/** Stands for a time that has no end, as requests pile up: a day, longer than anything that may be promised. */
export const WITHOUT_END_S = 86_400;

/** The same as it comes out, and the medians by which endpoints are compared. */
export interface OperationPlan {
  readonly timeToFirstTokenS: Interval;
  readonly interTokenS: Interval;
  readonly medianTimeToFirstTokenS: number;
  readonly medianInterTokenS: number;
  /** Sequences that decode at once on a copy. */
  readonly sequences: number;
}

/** At as many sequences as the peak has in flight: prompts of the lengths that endpoints are measured with. */
interface ComparisonPlan {
  readonly metrics: readonly EndpointMetrics[];
  /** Null where the price of a GPU, or what is carried within the objective, is not known. */
  readonly tokenCosts: TokenCosts | null;
}

/** A million tokens at cost, each kind bearing the engine time that it takes at the load carried within the objective. */
export interface TokenCosts {
  readonly input: MicroUsd;
  readonly output: MicroUsd;
  /** Three input tokens with one output token. */
  readonly blended: MicroUsd;
}

/** At the load that is carried within the objective. Shown, never a reason to load a feed beyond rack TDP. */
export interface EnergyPlan {
  readonly wattsPerGpu: Watts;
  /** GPUs as they draw, their share of the rest of the rack at TDP. */
  readonly itWatts: Watts | null;
  readonly joulesPerOutputToken: Interval | null;
  readonly tokensPerSPerMwIt: Interval | null;
  readonly tokensPerSPerMwSite: Interval | null;
}

/** "12 copies", or "3 copies for prompts and 9 for answers". */
export const leftWords = ({ left }: PredictedCapacity["unitLost"]): string =>
  left.map(({ role, replicas }) => `${replicas} ${COPIES[role]}`).join(" and ");
const COPIES = { all: "copies", prefill: "copies for prompts", decode: "for answers" } as const;

interface MoneyInterval {
  readonly low: MicroUsd;
  readonly value: MicroUsd;
  readonly high: MicroUsd;
}
