import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import {
  type FormulaIntervals,
  fittedOn,
  formulaInterval,
} from "../../components/serving/capacity/formula-interval.ts";
import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { isPointFault, type Point, readPoint } from "../../components/serving/capacity/point.ts";
import { priors } from "../accuracy/fit.ts";
import { crossCoverage, formulaIntervals, withinBounds } from "../accuracy/intervals.ts";
import { leaveOneOut, trials, type Units } from "../accuracy/left-out.ts";
import type { Predicted } from "../accuracy/splits.ts";

const catalog = loadCatalog();

function pointOf(model: string, system: string): Point {
  const point = readPoint(
    { backend: "vllm", model, system, precision: "fp8", isl: "1024", osl: "1024", tp: "8", concurrency: "16" },
    catalog,
  );
  if (isPointFault(point)) throw new Error(point.fault);
  return point;
}

const known = fittedOn(["llama-3.1-70b|h200_sxm|vllm", "deepseek-r1|b200_sxm|vllm"]);
const INTERVALS: FormulaIntervals = {
  fitted: { dense: [-0.1, 0.1], routed: [-0.2, 0.2] },
  newHardware: [-0.3, 0.5],
  newModel: [-0.4, 0.4],
};

test.each([
  ["llama-3.1-70b", "h200_sxm", [-0.1, 0.1], "fitted, dense"],
  ["deepseek-r1", "b200_sxm", [-0.2, 0.2], "fitted, routed"],
  ["llama-3.1-70b", "b200_sxm", [-0.3, 0.5], "model and GPU fitted, not together"],
  ["deepseek-r1", "a100_sxm", [-0.3, 0.5], "a new GPU"],
  ["qwen3-32b", "h200_sxm", [-0.4, 0.4], "a new model"],
  ["qwen3-32b", "a100_sxm", [-0.4, 0.5], "both new: the wider bound on each side"],
])("%s on %s: %j, %s", (model, system, bounds) => {
  expect(formulaInterval(INTERVALS, known, pointOf(model, system))).toEqual(bounds);
});

/** Runs of a group that all err by the same logarithm of predicted over measured. */
const errorsOf = (point: Point, errors: readonly number[]): readonly Predicted[] =>
  errors.map((tpot) => ({ run: { point } as Run, tpot, ttft: null, throughput: 0, deviation: null }));

test("in a quantile each group weighs the same, however many runs it has", () => {
  const many = errorsOf(pointOf("llama-3.1-70b", "h200_sxm"), new Array(100).fill(0));
  const few = errorsOf(pointOf("qwen3-32b", "h200_sxm"), [1, 1, 1]);
  const [low, high] = formulaIntervals({ configurations: [], gpus: [], models: [...many, ...few] }).newModel;
  expect(low).toBe(-1);
  expect(high).toBe(0);
});

const RUNS = ["llama-3.1-70b", "deepseek-r1", "qwen3-32b"].map(
  (model) => ({ point: pointOf(model, "h200_sxm") }) as Run,
);

/** Units of one run each; `fits` records what each fit was made without. */
function recorded() {
  const fits: string[] = [];
  const units: Units = {
    names: RUNS.map(({ point }) => point.model),
    runs: RUNS,
    of: ({ point }) => point.model,
    fitWithout: (left) => {
      fits.push([...left].sort().join(" "));
      return priors();
    },
  };
  return { units, fits };
}

const predict = (_: Constants, seen: readonly Run[], tested: readonly Run[]): readonly Predicted[] =>
  tested.flatMap(({ point }) => errorsOf(point, [seen.length]));

test("what is left out is in neither the fit nor what is calibrated on", () => {
  const { units, fits } = recorded();
  expect(leaveOneOut(units, predict).map(({ tpot }) => tpot)).toEqual([2, 2, 2]);
  expect(fits).toEqual(["llama-3.1-70b", "deepseek-r1", "qwen3-32b"]);
});

test("an interval is gained from units that were predicted without the one it is tested on", () => {
  const { units, fits } = recorded();
  const tried = trials(units, predict);
  expect(tried.map(({ others }) => others.map(({ run }) => run.point.model))).toEqual([
    ["deepseek-r1", "qwen3-32b"],
    ["llama-3.1-70b", "qwen3-32b"],
    ["llama-3.1-70b", "deepseek-r1"],
  ]);
  expect(tried.flatMap(({ others }) => others.map(({ tpot }) => tpot))).toEqual([1, 1, 1, 1, 1, 1]);
  expect(fits.filter((left) => left === "deepseek-r1 llama-3.1-70b")).toHaveLength(2);
  // All others err by one, the tested ones by two: none is held.
  expect(crossCoverage(tried, withinBounds)).toEqual({ rows: 3, groups: 3, share: 0 });
});
