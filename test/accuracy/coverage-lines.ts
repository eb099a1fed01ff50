import { calibrationGroup } from "../../components/serving/capacity/calibration.ts";
import {
  type Coverage,
  calibratedWidth,
  coverage,
  crossCoverage,
  withinBounds,
  withinFormulaInterval,
  withinKindsBounds,
  withinWidth,
} from "./intervals.ts";
import type { January } from "./january.ts";
import type { Trial } from "./left-out.ts";
import type { Predicted } from "./splits.ts";

export interface CoverageLine extends Coverage {
  readonly name: string;
}

interface Tried {
  readonly configurations: readonly Trial[];
  readonly gpus: readonly Trial[];
  readonly models: readonly Trial[];
  readonly calibrated: readonly Trial[];
  readonly january: January;
}

/** How many left-out runs the intervals hold; no fit and no quantile of a line saw the runs that it is tested on. */
export function coverageLines({ configurations, gpus, models, calibrated, january }: Tried): readonly CoverageLine[] {
  const { fittedOn, intervals, later, carried, renewed } = january;
  const held = (errors: readonly Predicted[]) => coverage(errors, withinFormulaInterval(intervals, fittedOn));
  const fitted = ({ run }: Predicted): boolean => fittedOn.groups.has(calibrationGroup(run.point));
  const width = withinWidth(january.width);
  return [
    {
      name: "formula, fitted: a fifth of the configurations left out",
      ...crossCoverage(configurations, withinKindsBounds),
    },
    { name: "formula, new GPU: one left out", ...crossCoverage(gpus, withinBounds) },
    { name: "formula, new model: one left out", ...crossCoverage(models, withinBounds) },
    { name: "formula to January, tested from February", ...held(later) },
    { name: "… of which fitted", ...held(later.filter(fitted)) },
    { name: "… of which new GPU or model", ...held(later.filter((each) => !fitted(each))) },
    {
      name: "calibrated, a fifth of the configurations left out",
      ...crossCoverage(calibrated, (others) => withinWidth(calibratedWidth(others))),
    },
    { name: "calibrated on runs to January, tested from February", ...coverage(carried, width) },
    { name: "calibrated on other configurations, tested from February", ...coverage(renewed, width) },
  ];
}
