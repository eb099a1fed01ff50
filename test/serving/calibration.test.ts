import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import { calibration, TPOT_SPREAD } from "../../components/serving/capacity/calibration.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import { isPointFault, type Point, readPoint } from "../../components/serving/capacity/point.ts";
import { fitConstants, priors } from "../accuracy/fit.ts";
import { errorStatistics, quantile } from "../accuracy/statistics.ts";

const catalog = loadCatalog();

function pointAt(concurrency: number): Point {
  const point = readPoint(
    {
      backend: "vllm",
      model: "llama-3.1-70b",
      system: "h200_sxm",
      precision: "fp8",
      isl: "1024",
      osl: "1024",
      tp: "4",
      measured: "2025-10-29",
      concurrency: String(concurrency),
    },
    catalog,
  );
  if (isPointFault(point)) throw new Error(point.fault);
  return point;
}

test("a calibration passes through its runs, lies between them, and forgets them far away", () => {
  const runs = [4, 8, 64].map((concurrency) => ({
    point: pointAt(concurrency),
    tpot: concurrency > 16 ? -0.2 : 0.2,
    ttft: null,
  }));
  const { shift, deviation } = calibration(runs, ({ tpot }) => tpot, TPOT_SPREAD);
  expect(shift(pointAt(8))).toBeCloseTo(0.2, 1);
  expect(shift(pointAt(64))).toBeCloseTo(-0.2, 1);
  expect(Math.abs(shift(pointAt(22)))).toBeLessThan(0.15);
  expect(Math.abs(shift(pointAt(100_000_000)))).toBeLessThan(0.05);
  expect(deviation(pointAt(8))).toBeLessThan(deviation(pointAt(24)));
  expect(deviation(pointAt(24))).toBeLessThan(deviation(pointAt(100_000_000)));
});

test("without a value to go by, nothing moves", () => {
  const { shift, deviation } = calibration(
    [{ point: pointAt(4), tpot: 1, ttft: null }],
    ({ ttft }) => ttft,
    TPOT_SPREAD,
  );
  expect(shift(pointAt(4))).toBe(0);
  const { common, varying, noise } = TPOT_SPREAD;
  expect(deviation(pointAt(4))).toBeCloseTo(Math.hypot(common, varying, noise), 12);
});

test("a fit finds the constants that made its rows, keeps the prior where no row speaks, and shrugs off a wild one", () => {
  const truth: Partial<Constants> = { "memory.linear": 0.9, "compute.fp8": 0.6 };
  const names = ["memory.linear", "compute.fp8", "compute.bf16"] as const;
  const rows = [...Array.from({ length: 40 }, (_, row) => names[row % 2] ?? names[0]), names[0]];
  const fitted = fitConstants(names, priors(), {
    of: (constants) =>
      Float64Array.from(rows, (name, row) => Math.log(constants[name] / (truth[name] ?? 1)) + (row === 40 ? 3 : 0)),
    weights: rows.map(() => 1),
    bend: 0.05,
    spread: 0.05,
  });
  expect(fitted["memory.linear"]).toBeCloseTo(0.9, 1);
  expect(fitted["compute.fp8"]).toBeCloseTo(0.6, 1);
  expect(fitted["compute.bf16"]).toBe(priors()["compute.bf16"]);
});

test("errors of predictions", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  const statistics = errorStatistics([Math.log(1.1), Math.log(0.8), 0]);
  expect(statistics?.medianApe).toBeCloseTo(0.1, 12);
  expect(statistics?.meanApe).toBeCloseTo(0.1, 12);
  expect(errorStatistics([])).toBeNull();
});
