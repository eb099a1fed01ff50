import type { Catalog } from "../../catalog/catalog.ts";
import type { Deviation } from "./calibration.ts";
import type { Constants } from "./constant-table.ts";
import fitted from "./constants.json" with { type: "json" };
import { measuredRuns, type Run } from "./measured-runs.ts";
import type { Columns } from "./point.ts";
import { deviationOf, type FormulaIntervals, type Knowledge } from "./predict.ts";

/** Constants fitted on all measured runs, by `npm run accuracy -- --write`. */
export const CONSTANTS: Constants = fitted.constants;
const INTERVALS = fitted.intervals as { readonly dense: readonly number[]; readonly routed: readonly number[] };

/** What the product predicts with: the fitted constants, and the measured runs of the catalog to calibrate on. */
export function shippedKnowledge(rows: readonly Columns[], catalog: Catalog): Knowledge {
  return {
    constants: CONSTANTS,
    intervals: { dense: pair(INTERVALS.dense), routed: pair(INTERVALS.routed) },
    calibratedWidth: fitted.calibratedWidth,
    deviations: deviationsOf(CONSTANTS, measuredRuns(rows, catalog)),
  };
}

const pair = ([low = 0, high = 0]: readonly number[]): FormulaIntervals["dense"] => [low, high];

/** Runs beyond the KV cache are no evidence of a step, nor excluded first tokens of a first token. */
export const deviationsOf = (constants: Constants, runs: readonly Run[]): readonly Deviation[] =>
  runs
    .filter((run) => !run.starved)
    .map((run) => {
      const ttftSeconds = run.firstTokenExcluded ? null : run.ttftSeconds;
      return deviationOf(constants, run.point, { tpotSeconds: run.tpotSeconds, ttftSeconds });
    })
    .filter((deviation) => deviation !== null);
