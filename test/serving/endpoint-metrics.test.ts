import { expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import { microUsd } from "../../components/quantity.ts";
import { blendedPrice, endpointMetrics } from "../../components/serving/capacity/endpoint-metrics.ts";
import { shippedKnowledge } from "../../components/serving/capacity/knowledge.ts";
import { isPointFault, readPoint } from "../../components/serving/capacity/point.ts";
import { predictor } from "../../components/serving/capacity/predict.ts";

const catalog = loadCatalog();
const predict = predictor(shippedKnowledge([], catalog));
const ROW = {
  backend: "vllm",
  model: "llama-3.1-70b",
  system: "h200_sxm",
  precision: "fp8",
  tp: "4",
  concurrency: "8",
};

function metricsOf(columns: Readonly<Record<string, string>>, reasoningTokens?: number) {
  const point = readPoint({ ...ROW, isl: "1", osl: "1", ...columns }, catalog);
  if (isPointFault(point)) throw new Error(point.fault);
  return endpointMetrics(predict, point, reasoningTokens);
}

test("longer prompts are slower to their first token, and an answer is 500 tokens after it", () => {
  const lines = metricsOf({});
  expect(lines.map(({ promptTokens }) => promptTokens)).toEqual([100, 1_000, 10_000, 100_000]);
  const firsts = lines.map(({ ttftSeconds }) => ttftSeconds);
  expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
  for (const { endToEndSeconds, ttftSeconds, outputTokensPerSecond } of lines) {
    expect(endToEndSeconds).toBeCloseTo(ttftSeconds + 500 / outputTokensPerSecond, 9);
  }
});

test("reasoning comes before the answer", () => {
  const [plain, thinking] = [metricsOf({})[0], metricsOf({}, 2_000)[0]];
  expect(thinking?.endToEndSeconds).toBeGreaterThan((plain?.endToEndSeconds ?? 0) * 4);
});

test("a prompt that the context does not hold has no line", () => {
  expect(metricsOf({ model: "llama-2-70b" }).map(({ promptTokens }) => promptTokens)).toEqual([100, 1_000]);
});

test("three of input to one of output", () => {
  expect(blendedPrice(microUsd(1_000_000n), microUsd(5_000_000n))).toBe(2_000_000n);
});
