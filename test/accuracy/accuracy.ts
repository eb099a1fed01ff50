import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import type { FormulaIntervals, Knowledge } from "../../components/serving/capacity/predict.ts";
import { calibratedCoverage, calibratedWidth, formulaCoverage, formulaIntervals } from "./intervals.ts";
import { fitModel, throughputRatio } from "./model-fit.ts";
import { closedLoopRuns, type OfflineRun, offlineRuns } from "./observations.ts";
import { openLoopErrors } from "./open-loop.ts";
import { type SideBySide, sideBySide } from "./other-tool.ts";
import { type RackScale, rackScale } from "./rack-scale.ts";
import { byCalibration, byFormula, early, leaveConfigurationsOut, leaveOneOut, type Predicted } from "./splits.ts";

export interface Split {
  readonly name: string;
  readonly predicted: readonly Predicted[];
}

export interface Accuracy {
  readonly exclusions: Readonly<Record<string, number>>;
  readonly runs: number;
  readonly constants: Constants;
  readonly intervals: FormulaIntervals;
  readonly calibratedWidth: Knowledge["calibratedWidth"];
  /** In this order: the fit on all, then what was fitted without what it is tested on. */
  readonly splits: readonly Split[];
  readonly offline: readonly { readonly name: string; readonly logRatios: readonly number[] }[];
  readonly openLoop: ReturnType<typeof openLoopErrors>;
  readonly rackScale: readonly RackScale[];
  readonly sideBySide: SideBySide;
  readonly coverage: readonly { readonly name: string; readonly share: number }[];
}

const onSwitchedLinks = (run: OfflineRun): boolean => !run.pipeline && run.point.gpu.link !== "pcie";
/** GB200 and the PCIe part are never fitted. */
const offlineFitted = (run: OfflineRun): boolean => onSwitchedLinks(run) && run.point.gpu.id !== "gb200";

/** Everything the page shows. Deterministic: no clock, no chance. */
export function accuracy(): Accuracy {
  const { runs, exclusions } = closedLoopRuns();
  const offline = offlineRuns();
  const fitted = offline.filter(offlineFitted);
  const constants = fitModel(runs, fitted);
  const [before, after] = [runs.filter(early), runs.filter((run) => !early(run))];
  const beforeConstants = fitModel(before, fitted);
  const models = leaveOneOut(runs, fitted, ({ point }) => point.model);
  const gpus = leaveOneOut(runs, fitted, ({ point }) => point.gpu.id);
  const later = byFormula(beforeConstants, after);
  const interpolated = leaveConfigurationsOut(constants, runs);
  const carried = byCalibration(beforeConstants, before, after);
  const renewed = leaveConfigurationsOut(beforeConstants, runs).filter(({ run }) => !early(run));
  const intervals = formulaIntervals([...models, ...gpus]);
  const width = calibratedWidth(interpolated);
  const earlyIntervals = formulaIntervals(leaveOneOut(before, fitted, ({ point }) => point.model));
  return {
    exclusions,
    runs: runs.length,
    constants,
    intervals,
    calibratedWidth: width,
    splits: [
      { name: "fit on all (in-sample)", predicted: byFormula(constants, runs) },
      { name: "leave one model out", predicted: models },
      { name: "leave one GPU out", predicted: gpus },
      { name: "fitted to January 2026, tested from February", predicted: later },
      { name: "the same, calibrated on runs to January of the same model × GPU × engine", predicted: carried },
      { name: "the same, calibrated on all other configurations of the same model × GPU × engine", predicted: renewed },
      { name: "calibrated, leave configurations out (10 folds)", predicted: interpolated },
    ],
    offline: offlineErrors(offline, fitted, fitModel, constants, runs),
    openLoop: openLoopErrors(constants),
    rackScale: rackScale(constants),
    sideBySide: sideBySide(runs, models),
    coverage: [
      { name: "leave one model out (quantiles from here)", share: formulaCoverage(intervals, models) },
      { name: "leave one GPU out (quantiles from here)", share: formulaCoverage(intervals, gpus) },
      {
        name: "from February, quantiles of leave-one-model-out to January",
        share: formulaCoverage(earlyIntervals, later),
      },
      { name: "calibrated, configurations left out (width from here)", share: calibratedCoverage(width, interpolated) },
      { name: "calibrated on runs to January, tested from February", share: calibratedCoverage(width, carried) },
      { name: "calibrated on other configurations, tested from February", share: calibratedCoverage(width, renewed) },
    ],
  };
}

type Fit = typeof fitModel;

function offlineErrors(
  offline: readonly OfflineRun[],
  fitted: readonly OfflineRun[],
  refit: Fit,
  constants: Constants,
  runs: Parameters<Fit>[0],
): Accuracy["offline"] {
  const errors = (rows: readonly OfflineRun[], by = constants) => rows.map((run) => throughputRatio(by, run));
  const routed = ({ point }: OfflineRun): boolean => point.architecture.routed !== null;
  const switched = offline.filter(onSwitchedLinks);
  const dense = switched.filter((run) => !routed(run));
  const models = [...new Set(switched.filter(routed).map(({ point }) => point.model))];
  const leftOut = models.map((model) => {
    const without = refit(
      runs,
      fitted.filter(({ point }) => point.model !== model),
    );
    const rows = switched.filter(({ point }) => point.model === model);
    return { name: `routed, left out: ${model}`, logRatios: errors(rows, without) };
  });
  const denseLeftOut = [...new Set(dense.map(({ point }) => point.model))].flatMap((model) => {
    const without = refit(
      runs.filter(({ point }) => point.model !== model),
      fitted.filter(({ point }) => point.model !== model),
    );
    return errors(
      dense.filter(({ point }) => point.model === model),
      without,
    );
  });
  const pcie = offline.filter((run) => run.point.gpu.link === "pcie");
  return [
    {
      name: "dense, H100, H200, B200 (fitted)",
      logRatios: errors(dense.filter((run) => run.point.gpu.id !== "gb200")),
    },
    { name: "dense, GB200 (never fitted)", logRatios: errors(dense.filter((run) => run.point.gpu.id === "gb200")) },
    { name: "dense, leave one model out", logRatios: denseLeftOut },
    { name: "routed, leave one model out", logRatios: leftOut.flatMap(({ logRatios }) => logRatios) },
    ...leftOut,
    {
      name: "RTX PRO 6000 (PCIe, never fitted), tensor parallel, dense",
      logRatios: errors(pcie.filter((run) => !run.pipeline && !routed(run))),
    },
    {
      name: "RTX PRO 6000 (PCIe, never fitted), tensor parallel, routed",
      logRatios: errors(pcie.filter((run) => !run.pipeline && routed(run))),
    },
    { name: "RTX PRO 6000 (PCIe, never fitted), pipeline", logRatios: errors(pcie.filter((run) => run.pipeline)) },
  ];
}
