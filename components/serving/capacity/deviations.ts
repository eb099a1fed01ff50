import type { Deviation } from "./calibration.ts";
import type { Constants } from "./constant-table.ts";
import { latencyOf, prepare } from "./formula.ts";
import type { Run } from "./measured-runs.ts";
import type { Point } from "./point.ts";

/**
 * Deviations of measured runs from the formula: what a predictor calibrates on. Runs beyond the KV cache are no evidence of a
 * step, nor excluded first tokens of a first token.
 */
export const deviationsOf = (constants: Constants, runs: readonly Run[]): readonly Deviation[] =>
  runs
    .filter((run) => !run.starved)
    .map((run) => {
      const ttftSeconds = run.firstTokenExcluded ? null : run.ttftSeconds;
      return deviationOf(constants, run.point, { tpotSeconds: run.tpotSeconds, ttftSeconds });
    })
    .filter((deviation) => deviation !== null);

function deviationOf(
  constants: Constants,
  point: Point,
  measured: { readonly tpotSeconds: number; readonly ttftSeconds: number | null },
): Deviation | null {
  const prepared = prepare(point);
  const formula = prepared === null ? null : latencyOf(constants, prepared);
  if (prepared === null || formula === null) return null;
  return {
    point,
    tpot: Math.log(measured.tpotSeconds / formula.tpotSeconds),
    ttft: measured.ttftSeconds === null ? null : Math.log(measured.ttftSeconds / formula.ttftSeconds),
  };
}
