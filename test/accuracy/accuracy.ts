import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import type { FittedOn, FormulaIntervals } from "../../components/serving/capacity/formula-interval.ts";
import type { Knowledge } from "../../components/serving/capacity/predict.ts";
import { type CoverageLine, coverageLines } from "./coverage-lines.ts";
import { calibratedWidth, formulaIntervals } from "./intervals.ts";
import { toJanuary } from "./january.ts";
import { gpuOf, modelOf, type Trial, trials, unitsOf } from "./left-out.ts";
import { fitModel } from "./model-fit.ts";
import { closedLoopRuns, offlineRuns } from "./observations.ts";
import { type OfflineErrors, offlineErrors, offlineFitted } from "./offline.ts";
import { openLoopErrors } from "./open-loop.ts";
import { type SideBySide, sideBySide } from "./other-tool.ts";
import { type RackScale, rackScale } from "./rack-scale.ts";
import { byCalibration, byFormula, configurationFolds, groupsOf, type Predicted } from "./splits.ts";

export interface Split {
  readonly name: string;
  readonly predicted: readonly Predicted[];
}

export interface Accuracy {
  readonly exclusions: Readonly<Record<string, number>>;
  readonly runs: number;
  readonly constants: Constants;
  readonly fittedOn: FittedOn;
  readonly intervals: FormulaIntervals;
  readonly calibratedWidth: Knowledge["calibratedWidth"];
  /** In this order: the fit on all, then what was fitted without what it is tested on. */
  readonly splits: readonly Split[];
  readonly offline: readonly OfflineErrors[];
  readonly openLoop: ReturnType<typeof openLoopErrors>;
  readonly rackScale: readonly RackScale[];
  readonly sideBySide: SideBySide;
  readonly coverage: readonly CoverageLine[];
}

/** Everything the page shows. Deterministic: no clock, no chance. */
export function accuracy(): Accuracy {
  const { runs, exclusions } = closedLoopRuns();
  const offline = offlineRuns();
  const fitted = offline.filter(offlineFitted);
  const constants = fitModel(runs, fitted);
  const folds = unitsOf(runs, fitted, configurationFolds(runs));
  const configurations = trials(folds, byFormula);
  const gpus = trials(unitsOf(runs, fitted, gpuOf), byFormula);
  const models = trials(unitsOf(runs, fitted, modelOf), byFormula);
  const calibrated = trials(folds, byCalibration);
  const january = toJanuary(runs, fitted);
  const modelsOut = testedOf(models);
  const gpusOut = testedOf(gpus);
  const interpolated = testedOf(calibrated);
  return {
    exclusions,
    runs: runs.length,
    constants,
    fittedOn: groupsOf(runs),
    intervals: formulaIntervals({ configurations: testedOf(configurations), gpus: gpusOut, models: modelsOut }),
    calibratedWidth: calibratedWidth(interpolated),
    splits: [
      { name: "fit on all (in-sample)", predicted: byFormula(constants, [], runs) },
      { name: "leave one model out", predicted: modelsOut },
      { name: "leave one GPU out", predicted: gpusOut },
      { name: "fitted to January 2026, tested from February", predicted: january.later },
      { name: "the same, calibrated on runs to January of the same model × GPU × engine", predicted: january.carried },
      {
        name: "the same, calibrated on all other configurations of the same model × GPU × engine",
        predicted: january.renewed,
      },
      { name: "calibrated, leave configurations out (5 folds)", predicted: interpolated },
    ],
    offline: offlineErrors(constants, runs, offline),
    openLoop: openLoopErrors(constants),
    rackScale: rackScale(constants),
    sideBySide: sideBySide(runs, modelsOut),
    coverage: coverageLines({ configurations, gpus, models, calibrated, january }),
  };
}

const testedOf = (trials: readonly Trial[]): readonly Predicted[] => trials.flatMap(({ tested }) => tested);
