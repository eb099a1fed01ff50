import { calibrationGroup } from "../../components/serving/capacity/calibration.ts";
import {
  type Bounds,
  type FittedOn,
  type FormulaIntervals,
  formulaInterval,
  type ModelKind,
  modelKind,
} from "../../components/serving/capacity/formula-interval.ts";
import type { Knowledge } from "../../components/serving/capacity/predict.ts";
import type { Trial } from "./left-out.ts";
import type { Predicted } from "./splits.ts";
import { quantile } from "./statistics.ts";

const COVERED = 0.8;

const groupOf = ({ run }: Predicted): string => calibrationGroup(run.point);

/** Quantile of a value over groups (model × GPU × engine) that weigh the same, however many runs they have. */
function groupQuantile(errors: readonly Predicted[], value: (each: Predicted) => number, share: number): number {
  const runs = Map.groupBy(errors, groupOf);
  return quantile(
    errors.map(value),
    share,
    errors.map((each) => 1 / (runs.get(groupOf(each))?.length ?? 1)),
  );
}

const measuredOverPredicted = ({ tpot }: Predicted): number => -tpot;

/** 10 % and 90 % quantiles of measured over predicted. */
const bounds = (errors: readonly Predicted[]): Bounds => [
  groupQuantile(errors, measuredOverPredicted, (1 - COVERED) / 2),
  groupQuantile(errors, measuredOverPredicted, (1 + COVERED) / 2),
];

const byKind = <T>(
  errors: readonly Predicted[],
  of: (errors: readonly Predicted[]) => T,
): Readonly<Record<ModelKind, T>> => {
  const only = (kind: ModelKind): T => of(errors.filter(({ run }) => modelKind(run.point) === kind));
  return { dense: only("dense"), routed: only("routed") };
};

/** Errors of runs by what was left out of the fit with them. */
export interface LeftOut {
  readonly configurations: readonly Predicted[];
  readonly gpus: readonly Predicted[];
  readonly models: readonly Predicted[];
}

export const formulaIntervals = ({ configurations, gpus, models }: LeftOut): FormulaIntervals => ({
  fitted: byKind(configurations, bounds),
  newHardware: bounds(gpus),
  newModel: bounds(models),
});

/** Multiple of the calibration's deviation that covers 80 % of the left-out runs. */
export const calibratedWidth = (configurations: readonly Predicted[]): Knowledge["calibratedWidth"] =>
  byKind(configurations, (errors) =>
    groupQuantile(errors, ({ tpot, deviation }) => Math.abs(tpot) / (deviation ?? Number.NaN), COVERED),
  );

/** How many runs an interval holds. Runs of a group (model × GPU × engine) err together. */
export interface Coverage {
  readonly rows: number;
  readonly groups: number;
  readonly share: number;
}

type Holds = (each: Predicted) => boolean;

function coverageOf(parts: readonly { readonly errors: readonly Predicted[]; readonly holds: Holds }[]): Coverage {
  const errors = parts.flatMap((part) => part.errors);
  const held = parts.reduce((sum, part) => sum + part.errors.filter(part.holds).length, 0);
  const groups = new Set(errors.map(groupOf));
  return { rows: errors.length, groups: groups.size, share: held / errors.length };
}

export const coverage = (errors: readonly Predicted[], holds: Holds): Coverage => coverageOf([{ errors, holds }]);

/** Each unit tested by an interval gained from the others, none of whose fits saw it. */
export const crossCoverage = (trials: readonly Trial[], gained: (others: readonly Predicted[]) => Holds): Coverage =>
  coverageOf(trials.map(({ tested, others }) => ({ errors: tested, holds: gained(others) })));

const within = ([low, high]: Bounds, each: Predicted): boolean =>
  measuredOverPredicted(each) >= low && measuredOverPredicted(each) <= high;

export const withinBounds = (errors: readonly Predicted[]): Holds => {
  const found = bounds(errors);
  return (each) => within(found, each);
};

export const withinKindsBounds = (errors: readonly Predicted[]): Holds => {
  const found = byKind(errors, bounds);
  return (each) => within(found[modelKind(each.run.point)], each);
};

export const withinFormulaInterval =
  (intervals: FormulaIntervals, known: FittedOn): Holds =>
  (each) =>
    within(formulaInterval(intervals, known, each.run.point), each);

export const withinWidth = (width: Knowledge["calibratedWidth"]): Holds => {
  return ({ run, tpot, deviation }) => Math.abs(tpot) <= width[modelKind(run.point)] * (deviation ?? 0);
};
