import {
  calibration,
  calibrationGroup,
  TPOT_SPREAD,
  TTFT_SPREAD,
} from "../../components/serving/capacity/calibration.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import { deviationsOf } from "../../components/serving/capacity/deviations.ts";
import { type FittedOn, fittedOn } from "../../components/serving/capacity/formula-interval.ts";
import { outputTokensPerSecond } from "../../components/serving/capacity/load-point.ts";
import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import type { UnitOf } from "./left-out.ts";
import { latency } from "./model-fit.ts";

/** A run predicted by constants that were fitted without it: logarithms of predicted over measured. */
export interface Predicted {
  readonly run: Run;
  readonly tpot: number;
  /** Null where an exclusion rule takes the first token out. */
  readonly ttft: number | null;
  readonly throughput: number;
  /** The calibration's own standard deviation of the TPOT; null without calibration. */
  readonly deviation: number | null;
}

const FIT_UNTIL = "2026-01-31";
const FOLDS = 5;

export const early = ({ point }: Run): boolean => point.measured <= FIT_UNTIL;

/** What a fit to these runs knows. */
export const groupsOf = (runs: readonly Run[]): FittedOn => fittedOn(runs.map(({ point }) => calibrationGroup(point)));

export const byFormula = (constants: Constants, _known: readonly Run[], runs: readonly Run[]): readonly Predicted[] =>
  usable(runs).map((run) => predicted(constants, run, 0, 0, null));

const usable = (runs: readonly Run[]): readonly Run[] => runs.filter((run) => !run.starved);

function predicted(
  constants: Constants,
  run: Run,
  tpotShift: number,
  ttftShift: number,
  deviation: number | null,
): Predicted {
  const formula = latency(constants, run.prepared);
  const moved = {
    ...formula,
    tpotSeconds: formula.tpotSeconds * Math.exp(tpotShift),
    ttftSeconds: formula.ttftSeconds * Math.exp(ttftShift),
  };
  const { outputTokens } = run.point.requests;
  return {
    run,
    tpot: Math.log(moved.tpotSeconds / run.tpotSeconds),
    ttft: run.firstTokenExcluded ? null : Math.log(moved.ttftSeconds / run.ttftSeconds),
    throughput: Math.log(
      outputTokensPerSecond(run.concurrency, moved, outputTokens) /
        outputTokensPerSecond(run.concurrency, run, outputTokens),
    ),
    deviation,
  };
}

/** Runs predicted from `known` ones of the same model, GPU and engine; runs without any are left out. */
export function byCalibration(constants: Constants, known: readonly Run[], runs: readonly Run[]): readonly Predicted[] {
  const groups = Map.groupBy(deviationsOf(constants, known), ({ point }) => calibrationGroup(point));
  const corrections = new Map(
    [...groups].map(([name, deviations]) => [
      name,
      {
        tpot: calibration(deviations, ({ tpot }) => tpot, TPOT_SPREAD),
        ttft: calibration(deviations, ({ ttft }) => ttft, TTFT_SPREAD),
      },
    ]),
  );
  return usable(runs).flatMap((run) => {
    const correction = corrections.get(calibrationGroup(run.point));
    if (correction === undefined) return [];
    const { tpot, ttft } = correction;
    return [predicted(constants, run, tpot.shift(run.point), ttft.shift(run.point), tpot.deviation(run.point))];
  });
}

/**
 * Folds of configurations: all runs of one are left out together, so that none is predicted from its own repetition.
 * Offline rows are of no configuration.
 */
export function configurationFolds(runs: readonly Run[]): UnitOf {
  const place = new Map([...new Set(runs.map((run) => run.configuration))].sort().map((name, index) => [name, index]));
  return (row) => ("configuration" in row ? `fold ${(place.get(row.configuration) ?? 0) % FOLDS}` : null);
}

/** Runs predicted by constants that are held, calibrated on all configurations but those of their fold. */
export function acrossFolds(constants: Constants, runs: readonly Run[]): readonly Predicted[] {
  const foldOf = configurationFolds(runs);
  return [...new Set(runs.map(foldOf))].flatMap((fold) =>
    byCalibration(
      constants,
      runs.filter((run) => foldOf(run) !== fold),
      runs.filter((run) => foldOf(run) === fold),
    ),
  );
}
