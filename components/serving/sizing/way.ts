import { gpusOf, type Parallel } from "../capacity/parallel.ts";
import type { Basis } from "../capacity/predict.ts";
import type { Interval, ObjectivePlan, OperationPlan } from "../capacity-plan.ts";
import type { Role } from "../roles.ts";
import type { Traffic } from "../traffic/arrivals.ts";
import { missed } from "./missed.ts";
import { carried, keptForSure, operate } from "./operation.ts";
import type { ServiceModel } from "./service-model.ts";

/** Copies of one role in a way to serve. */
export interface Part {
  readonly role: Role;
  readonly parallel: Parallel;
  readonly model: ServiceModel;
  /** Requests a second that one copy carries within the part of the objective that its role bears. */
  readonly perCopy: Interval;
  /** What it misses though hardly anything is asked; null where it carries something for sure. */
  readonly lacking: string | null;
  /** Draw of a GPU while each copy that answers runs so many sequences. */
  readonly wattsPerGpu: (sequences: number) => number;
}

/** A way to serve some traffic within an objective, whatever the number of its copies. Copies go by its parts' order. */
export interface Way {
  readonly parts: readonly Part[];
  readonly basis: Basis;
  /** As it comes out at the peak; null where requests pile up. */
  readonly operate: (copies: readonly number[]) => OperationPlan | null;
  /** Whether the objective is kept with every step as slow as the interval's end. */
  readonly keptForSure: (copies: readonly number[]) => boolean;
}

/** Copies that do everything. */
export function wholeWay(parallel: Parallel, model: ServiceModel, traffic: Traffic, objective: ObjectivePlan): Way {
  const perRank = carried(model, traffic, objective);
  const ranksOf = ([copies = 0]: readonly number[]): number => copies * model.ranks;
  return {
    parts: [
      {
        role: "all",
        parallel,
        model,
        perCopy: scaled(perRank, model.ranks),
        lacking: perRank.low > 0 ? null : missed(model, traffic, objective),
        wattsPerGpu: drawOf(model),
      },
    ],
    basis: model.basis,
    operate: (copies) => perCopyOf(operate(model, traffic, ranksOf(copies)), model),
    keptForSure: (copies) => keptForSure(model, traffic, objective, ranksOf(copies)),
  };
}

/** The sequences of a copy are those of all its data-parallel ranks. */
export const perCopyOf = (operation: OperationPlan | null, { ranks }: ServiceModel): OperationPlan | null =>
  operation === null ? null : { ...operation, sequences: operation.sequences * ranks };

export const drawOf =
  ({ wattsPerGpu, ranks }: ServiceModel): Part["wattsPerGpu"] =>
  (sequences) =>
    wattsPerGpu(Math.max(1, sequences / ranks));

/** Further copies that are tried where chance was kinder to the few that were simulated than to all. */
const MOST_TRIES = 10;

/** Copies of each part that carry so many requests a second for sure; null where a third more still do not. */
export function neededBy(way: Way, requestsPerS: number): readonly number[] | null {
  let copies = way.parts.map(({ perCopy }) => Math.ceil(requestsPerS / perCopy.low));
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    if (way.keptForSure(copies)) return copies;
    copies = copies.map((each) => Math.ceil(each * 1.03));
  }
  return null;
}

/** Requests a second that so many copies carry within the objective: those of the part that carries least. */
export const carriedBy = ({ parts }: Way, copies: readonly number[]): Interval =>
  atEnds((end) => Math.min(...parts.map(({ perCopy }, index) => perCopy[end] * (copies[index] ?? 0))));

/** Output tokens a second and GPU where each part has as many copies as it takes. */
export const tokensPerGpu = ({ parts }: Way, outputTokens: number): Interval =>
  atEnds(
    (end) => outputTokens / parts.reduce((gpus, { parallel, perCopy }) => gpus + gpusOf(parallel) / perCopy[end], 0),
  );

const atEnds = (figure: (end: keyof Interval) => number): Interval => ({
  low: figure("low"),
  value: figure("value"),
  high: figure("high"),
});

export const scaled = (interval: Interval, by: number): Interval => atEnds((end) => interval[end] * by);
