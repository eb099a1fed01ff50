import type { MicroUsd, Watts } from "../../quantity.ts";
import type { PhaseState } from "../../site/phase-state.ts";
import type { Parallel } from "../capacity/parallel.ts";
import type { Basis } from "../capacity/predict.ts";
import type { DemandPlan, Interval, ObjectivePlan } from "../capacity-plan.ts";
import type { RoleCopies } from "../roles.ts";
import type { Scale } from "./scale.ts";

/** Weight formats that endpoints may be served in, the widest first. */
export const SIZED_FORMATS = ["bf16", "fp8", "awq-int4", "nvfp4", "mxfp4"] as const;
export type SizedFormat = (typeof SIZED_FORMATS)[number];

/** How the work of an endpoint is laid out: whole copies, or prompts and answers on copies of their own. */
export type Layout =
  | { readonly kind: "together"; readonly parallel: Parallel }
  | { readonly kind: "split"; readonly prefill: Parallel; readonly decode: Parallel };

/**
 * One way to serve an endpoint. Its id says all of it: nvfp4/tp4.pp2, fp8/dp16.ep16×2, fp8/tp1>tp4 for a split; where
 * several pools are asked, with the pool before it: h200/fp8/tp8.
 */
export interface Candidate {
  readonly id: string;
  readonly format: SizedFormat;
  readonly layout: Layout;
  /** So many times as many copies as the peak needs: fewer sequences on each, shorter gaps. */
  readonly copiesTimes: number;
}

/** What keeps a candidate from being an answer; the last word is what a reader has to know. */
export type Refusal =
  | { readonly kind: "format" | "memory" | "objective"; readonly why: string }
  /** More GPUs, with a rack or an instance to spare, than the pool has to give. */
  | { readonly kind: "pool"; readonly gpus: number }
  | { readonly kind: "dominated"; readonly by: string }
  /** On a pool of the same system at the same price. */
  | { readonly kind: "same"; readonly as: string };

/** Copies of one kind: of everything, or of one of the two parts. */
export interface Fleet {
  readonly role: RoleCopies["role"];
  readonly gpusPerCopy: number;
  /** What the peak needs, at the slow end of the interval. */
  readonly needed: number;
  /** With those that the loss of a rack or an instance takes. */
  readonly copies: number;
}

/** Blueprint fields of the copies of one role. */
export interface BuildableCopies extends Pick<RoleCopies, "role" | "nodesPerReplica" | "gpusPerNode" | "spread"> {
  readonly replicas: number;
  /** Copies that the peak needs; the others are there for the loss of a rack or an instance. */
  readonly needed: number;
}

export interface Buildable {
  readonly id: string;
  readonly pool: string;
  readonly format: SizedFormat;
  readonly gpus: number;
  readonly usdPerMillionTokens: MicroUsd | null;
  readonly copies: readonly BuildableCopies[];
}

/** A candidate that keeps the objective at the peak, at the slow end of the interval and without a rack or an instance. */
export interface Feasible {
  readonly fleets: readonly Fleet[];
  readonly gpus: number;
  /** GPUs at the peak with their share of the rack, less what is not known of it. */
  readonly watts: Watts;
  readonly usdPerMillionTokens: MicroUsd | null;
  readonly tokensPerSPerMwSite: number | null;
  readonly timeToFirstTokenS: Interval;
  readonly interTokenS: Interval;
  /** Sequences that decode at once on a copy: its batch. */
  readonly sequences: number;
  readonly tokensPerSPerGpu: Interval;
  readonly basis: Basis;
  /** Blueprint fields that build it. */
  readonly blueprint: readonly BuildableCopies[];
}

export type Judged = { readonly pool: string; readonly candidate: Candidate } & (
  | { readonly kind: "front"; readonly feasible: Feasible }
  | { readonly kind: "refused"; readonly refusal: Refusal }
);

/** What one optimization gives where the endpoint stands, over what it is added to. */
export interface Optimization {
  readonly id: SizedFormat | "prefix-cache" | "speculation" | "disaggregation";
  readonly outcome:
    | { readonly kind: "refused"; readonly why: string }
    | {
        readonly kind: "gives";
        /** The configuration that it was measured on. */
        readonly on: string;
        /** Within the objective. */
        readonly tokensPerSPerGpu: Interval;
        readonly usdPerMillionTokens: MicroUsd | null;
        /** Tokens a second and GPU over those of the first format that can be served, or over the same without it. */
        readonly times: number;
        /** Of a format: how much faster a decode step is than in bf16 on the same GPUs. */
        readonly step: StepGain | null;
        readonly remark: string | null;
      };
}

export interface StepGain {
  readonly atOneSequence: number;
  /** At as many as run on a data-parallel rank when it carries all that the objective lets it. */
  readonly atSequences: { readonly sequences: number; readonly times: number };
  /** Sequences from which less than a twentieth is left; null where it lasts as far as the cache. */
  readonly goneFrom: number | null;
}

export interface Sizing {
  readonly endpoint: string;
  readonly at: string;
  /** On which it stands. */
  readonly pool: string;
  readonly outcome:
    | { readonly kind: "unasked"; readonly passedOver: readonly PassedOver[] }
    | ({ readonly kind: "sized" } & Sized);
}

/** A pool that is not asked, and why. */
export type PassedOver = { readonly pool: string } & (
  | { readonly kind: "held"; readonly phase: string; readonly state: PhaseState }
  /** Its other endpoints leave none of its GPUs. */
  | { readonly kind: "taken"; readonly gpus: number }
  /** Blueprint and catalog paths. */
  | { readonly kind: "unknown"; readonly missing: readonly string[] }
);

export interface AskedPool {
  readonly id: string;
  readonly gpu: string;
  /** What goes down together: copies are counted without one. */
  readonly unit: "rack" | "instance";
  /** GPUs that the other endpoints leave. */
  readonly gpusToHave: number;
  readonly perGpuHour: MicroUsd | null;
  /** Paths of what of the price is not known. */
  readonly priceMissing: readonly string[];
  readonly weighedIn: Scale;
}

export interface Sized {
  readonly model: string;
  readonly demand: DemandPlan;
  readonly objective: ObjectivePlan;
  /** The endpoint's own first, where it is asked. */
  readonly pools: readonly AskedPool[];
  readonly passedOver: readonly PassedOver[];
  readonly judged: readonly Judged[];
  /** The fewest GPUs on the endpoint's own pool, on the front or not; of another pool where it has none. */
  readonly buildable: Buildable | null;
  /** The same on another pool, where it costs less. */
  readonly elsewhere: Buildable | null;
  /** On the first of the pools. */
  readonly optimizations: readonly Optimization[];
}
