import { type FormulaIntervals, intervalClass, type Knowledge } from "../../components/serving/capacity/predict.ts";
import type { Predicted } from "./splits.ts";
import { quantile } from "./statistics.ts";

const COVERED = 0.8;

const classOf = ({ run }: Predicted): keyof FormulaIntervals => intervalClass(run.point.architecture);

/** 10 % and 90 % quantiles of measured over predicted, by class. */
export function formulaIntervals(errors: readonly Predicted[]): FormulaIntervals {
  const bounds = (kind: keyof FormulaIntervals): FormulaIntervals["dense"] => {
    const ratios = errors.filter((each) => classOf(each) === kind).map(({ tpot }) => -tpot);
    return [quantile(ratios, (1 - COVERED) / 2), quantile(ratios, (1 + COVERED) / 2)];
  };
  return { dense: bounds("dense"), routed: bounds("routed") };
}

/** Multiple of the calibration's deviation that covers 80 % of the left-out runs. */
export function calibratedWidth(errors: readonly Predicted[]): Knowledge["calibratedWidth"] {
  const width = (kind: keyof FormulaIntervals): number =>
    quantile(
      errors
        .filter((each) => classOf(each) === kind)
        .map(({ tpot, deviation }) => Math.abs(tpot) / (deviation ?? Number.NaN)),
      COVERED,
    );
  return { dense: width("dense"), routed: width("routed") };
}

export function formulaCoverage(intervals: FormulaIntervals, errors: readonly Predicted[]): number {
  const held = errors.filter((each) => {
    const [low, high] = intervals[classOf(each)];
    return -each.tpot >= low && -each.tpot <= high;
  });
  return held.length / errors.length;
}

export const calibratedCoverage = (width: Knowledge["calibratedWidth"], errors: readonly Predicted[]): number =>
  errors.filter((each) => Math.abs(each.tpot) <= width[classOf(each)] * (each.deviation ?? 0)).length / errors.length;
