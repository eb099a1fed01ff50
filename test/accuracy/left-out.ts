import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { fitModel } from "./model-fit.ts";
import type { OfflineRun } from "./observations.ts";
import type { Predicted } from "./splits.ts";

/** What a row is left out with; null: never left out. */
export type UnitOf = (row: Run | OfflineRun) => string | null;

export const modelOf: UnitOf = ({ point }) => point.model;
export const gpuOf: UnitOf = ({ point }) => point.gpu.id;

/** Runs in units, and the constants fitted without some of them. Each fit is made once. */
export interface Units {
  readonly names: readonly string[];
  readonly runs: readonly Run[];
  readonly of: UnitOf;
  readonly fitWithout: (left: ReadonlySet<string>) => Constants;
}

export function unitsOf(runs: readonly Run[], offline: readonly OfflineRun[], of: UnitOf): Units {
  const fits = new Map<string, Constants>();
  const fitWithout = (left: ReadonlySet<string>): Constants => {
    const name = [...left].sort().join();
    const made = fits.get(name) ?? fitModel(without(runs, of, left), without(offline, of, left));
    fits.set(name, made);
    return made;
  };
  return { names: [...new Set(runs.map(of))].filter((name) => name !== null), runs, of, fitWithout };
}

const without = <Row extends Run | OfflineRun>(rows: readonly Row[], of: UnitOf, left: ReadonlySet<string>) =>
  rows.filter((row) => !left.has(of(row) ?? ""));

/** Predicts `tested` by constants, and may calibrate on `known`. */
type Predict = (constants: Constants, known: readonly Run[], tested: readonly Run[]) => readonly Predicted[];

/** Runs of the first unit, predicted by constants fitted without any of these units. */
function predicted({ runs, of, fitWithout }: Units, predict: Predict, [name = "", ...also]: readonly string[]) {
  const left = new Set([name, ...also]);
  const tested = runs.filter((run) => of(run) === name);
  return predict(fitWithout(left), without(runs, of, left), tested);
}

/** Each unit predicted without itself, and without what else is left out. */
export const leaveOneOut = (units: Units, predict: Predict, also: readonly string[] = []): readonly Predicted[] =>
  units.names.filter((name) => !also.includes(name)).flatMap((name) => predicted(units, predict, [name, ...also]));

/**
 * A unit predicted without itself, and beside it the others, each predicted without itself and without that unit: what an
 * interval that is tested on the unit may be gained from.
 */
export interface Trial {
  readonly tested: readonly Predicted[];
  readonly others: readonly Predicted[];
}

export function trials(units: Units, predict: Predict): readonly Trial[] {
  return units.names.map((name) => ({
    tested: predicted(units, predict, [name]),
    others: leaveOneOut(units, predict, [name]),
  }));
}
