import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { calibratedWidth, formulaIntervals } from "./intervals.ts";
import { gpuOf, leaveOneOut, modelOf, unitsOf } from "./left-out.ts";
import { fitModel } from "./model-fit.ts";
import type { OfflineRun } from "./observations.ts";
import { acrossFolds, byCalibration, byFormula, configurationFolds, early, groupsOf } from "./splits.ts";

/** Constants and intervals gained from runs to January, and what they say of the runs from February. */
export function toJanuary(runs: readonly Run[], offline: readonly OfflineRun[]) {
  const [before, after] = [runs.filter(early), runs.filter((run) => !early(run))];
  const constants = fitModel(before, offline);
  const folds = unitsOf(before, offline, configurationFolds(before));
  return {
    fittedOn: groupsOf(before),
    intervals: formulaIntervals({
      configurations: leaveOneOut(folds, byFormula),
      gpus: leaveOneOut(unitsOf(before, offline, gpuOf), byFormula),
      models: leaveOneOut(unitsOf(before, offline, modelOf), byFormula),
    }),
    width: calibratedWidth(leaveOneOut(folds, byCalibration)),
    later: byFormula(constants, before, after),
    carried: byCalibration(constants, before, after),
    renewed: acrossFolds(constants, runs).filter(({ run }) => !early(run)),
  };
}

export type January = ReturnType<typeof toJanuary>;
