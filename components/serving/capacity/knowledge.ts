import type { Catalog } from "../../catalog/catalog.ts";
import type { Constants } from "./constant-table.ts";
import fitted from "./constants.json" with { type: "json" };
import { deviationsOf } from "./deviations.ts";
import { type Bounds, type FormulaIntervals, fittedOn } from "./formula-interval.ts";
import { measuredRuns } from "./measured-runs.ts";
import type { Columns } from "./point.ts";
import type { Knowledge } from "./predict.ts";

/** Constants fitted on all measured runs, by `npm run accuracy -- --write`. */
export const CONSTANTS: Constants = fitted.constants;
const FITTED_ON = fittedOn(fitted.fittedOn);
const pair = ([low = 0, high = 0]: readonly number[]): Bounds => [low, high];
const INTERVALS: FormulaIntervals = {
  fitted: { dense: pair(fitted.intervals.fitted.dense), routed: pair(fitted.intervals.fitted.routed) },
  newHardware: pair(fitted.intervals.newHardware),
  newModel: pair(fitted.intervals.newModel),
};

/** What the product predicts with: the fitted constants, and the measured runs of the catalog to calibrate on. */
export function shippedKnowledge(rows: readonly Columns[], catalog: Catalog): Knowledge {
  return {
    constants: CONSTANTS,
    fittedOn: FITTED_ON,
    intervals: INTERVALS,
    calibratedWidth: fitted.calibratedWidth,
    deviations: deviationsOf(CONSTANTS, measuredRuns(rows, catalog)),
  };
}
