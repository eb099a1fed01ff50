import { readFileSync } from "node:fs";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { Gpu } from "../../components/catalog/gpu.ts";
import { loadCatalog, loadMeasuredServing } from "../../components/catalog/load.ts";
import { ENGINES, type EngineId } from "../../components/serving/capacity/engine.ts";
import { CONSTANTS, shippedKnowledge } from "../../components/serving/capacity/knowledge.ts";
import { measuredRuns } from "../../components/serving/capacity/measured-runs.ts";
import { type Columns, isPointFault, type Point, readPoint } from "../../components/serving/capacity/point.ts";
import { type Answer, predictor } from "../../components/serving/capacity/predict.ts";
import { tpotRatio } from "../accuracy/model-fit.ts";
import { errorStatistics } from "../accuracy/statistics.ts";

const catalog = loadCatalog();
const rows = loadMeasuredServing();
const knowledge = shippedKnowledge(rows, catalog);
const answer = predictor(knowledge);
const formula = predictor({ ...knowledge, deviations: [] });

const BASE: Columns = {
  backend: "vllm",
  model: "llama-3.1-70b",
  system: "h200_sxm",
  precision: "fp8",
  isl: "1024",
  osl: "1024",
  concurrency: "16",
  tp: "2",
};

function pointOf(columns: Columns): Point {
  const point = readPoint({ ...BASE, ...columns }, catalog);
  if (isPointFault(point)) throw new Error(point.fault);
  return point;
}
const tpot = (point: Point, by = formula): number => by(point).prediction?.tpotSeconds ?? Number.NaN;

test("the shipped constants stand by their table: 8 % at the median, in-sample", () => {
  const runs = measuredRuns(rows, catalog).filter((run) => !run.starved);
  const statistics = errorStatistics(runs.map((run) => tpotRatio(CONSTANTS, run)));
  expect(statistics?.medianApe).toBeLessThan(0.08);
  expect(statistics?.meanApe).toBeLessThan(0.1);
});

describe("basis", () => {
  const run = pointOf({ backend: "vllm", tp: "4", concurrency: "32", gemm_quant: "fp8" });
  test("a configuration that was run is measured, one near it calibrated, another model formula", () => {
    expect(answer(run).prediction?.basis).toBe("measured");
    expect(answer(pointOf({ tp: "4", concurrency: "24" })).prediction?.basis).toBe("calibrated");
    expect(answer(pointOf({ model: "qwen3-32b" })).prediction?.basis).toBe("formula");
  });

  test("measured runs say nothing of caches or of open arrivals", () => {
    expect(answer(pointOf({ prefix_hit_rate: "0.5" })).prediction?.basis).toBe("formula");
    expect(answer(pointOf({ concurrency: "", qps_offered: "2" })).prediction?.basis).toBe("formula");
  });

  test("the interval holds the prediction, and is narrower where runs are near", () => {
    const near = answer(run).prediction;
    const far = formula(run).prediction;
    if (!near || !far) throw new Error("predicted");
    expect(near.tpotLowSeconds).toBeLessThan(near.tpotSeconds);
    expect(near.tpotHighSeconds).toBeGreaterThan(near.tpotSeconds);
    const width = (each: typeof near): number => each.tpotHighSeconds / each.tpotLowSeconds;
    expect(width(near)).toBeLessThan(width(far));
  });
});

describe("a point that cannot be served says why", () => {
  test.each([
    [{ system: "l4", tp: "1" }, "the weights leave no room for a KV cache"],
    [{ isl: "131000", osl: "1000" }, "the model's context ends at 131072 tokens"],
    [{ concurrency: "", qps_offered: "1000" }, "the offered rate is beyond what the replica sustains"],
  ])("%j", (columns, reason) => {
    expect(answer(pointOf(columns))).toMatchObject({ prediction: null, reason });
  });

  test("more requests than the cache holds wait for a slot", () => {
    const { prediction, reason, maxSequences } = answer(pointOf({ tp: "1", concurrency: "128", osl: "8192" }));
    expect(reason).toContain("requests wait for room in the KV cache");
    expect(maxSequences).toBeLessThan(128);
    expect(prediction?.ttftSeconds).toBeGreaterThan(30);
  });
});

describe("requests beyond the KV cache", () => {
  const crowded = { tp: "1", concurrency: "64", osl: "8192" };
  test("vLLM takes in what their prompts need, and says that the newest are preempted", () => {
    const { maxSequences, prediction, reason } = formula(pointOf(crowded));
    expect(maxSequences).toBeLessThan(64);
    expect(prediction?.ttftSeconds).toBeLessThan(2);
    expect(reason).toContain(
      `the KV cache holds ${maxSequences} sequences at full length: the newest of more are preempted`,
    );
  });

  test("TensorRT-LLM lets them wait for room for a whole answer", () => {
    const { prediction, reason } = formula(pointOf({ ...crowded, backend: "trtllm" }));
    expect(prediction?.ttftSeconds).toBeGreaterThan(30);
    expect(reason).toMatch(/^\d+ requests wait for room in the KV cache/);
  });
});

test("pipeline stages prefill different prompts at the same time", () => {
  const long = { isl: "8192", osl: "64", concurrency: "64", tp: "1" };
  const throughput = (pp: string): number => formula(pointOf({ ...long, pp })).prediction?.outputTokensPerSecond ?? 0;
  expect(throughput("4") / throughput("1")).toBeGreaterThan(2.5);
});

describe("speculation", () => {
  const at = (concurrency: string, spec_decode: string) => tpot(pointOf({ concurrency, spec_decode }));
  test("no drafts are no speculation; drafts help a small batch most", () => {
    expect(at("16", "0")).toBe(at("16", "off"));
    const gain = (concurrency: string): number => at(concurrency, "off") / at(concurrency, "3:2.952");
    expect(gain("4")).toBeGreaterThan(2);
    expect(gain("128")).toBeLessThan(gain("4") * 0.75);
  });
});

test("int4 weights gain at small batches, and nothing beyond the ridge", () => {
  const ratio = (concurrency: string): number =>
    tpot(pointOf({ precision: "bf16", concurrency, isl: "16", osl: "64", tp: "4" })) /
    tpot(pointOf({ precision: "awq-int4", concurrency, isl: "16", osl: "64", tp: "4" }));
  expect(ratio("1")).toBeGreaterThan(1.7);
  expect(ratio("2048")).toBeGreaterThan(0.98);
  expect(ratio("2048")).toBeLessThan(1.05);
});

test("a prompt that is all in the cache takes no prefill", () => {
  const hit = tpot(pointOf({ prefix_hit_rate: "1", isl: "8192" }));
  const short = tpot(pointOf({ isl: "8192", osl: "100000", prefix_hit_rate: "1" }));
  expect(hit).toBeLessThan(tpot(pointOf({ isl: "8192" })));
  expect(hit).toBeLessThan(short);
});

test("one output token: end to end is the first token", () => {
  const { prediction } = formula(pointOf({ osl: "1", concurrency: "1" }));
  if (!prediction) throw new Error("predicted");
  expect(prediction.outputTokensPerSecond).toBeCloseTo(1 / prediction.ttftSeconds, 9);
});

const point = fc
  .record({
    backend: fc.constantFrom<EngineId>(...(Object.keys(ENGINES) as EngineId[])),
    model: fc.constantFrom(...catalog.models.keys()),
    system: fc.constantFrom(...catalog.gpus.keys()),
    precision: fc.constantFrom("bf16", "fp8", "fp4", "int4", "mxfp4"),
    isl: fc.integer({ min: 1, max: 100_000 }),
    osl: fc.integer({ min: 1, max: 20_000 }),
    concurrency: fc.integer({ min: 1, max: 4096 }),
    tp: fc.constantFrom(1, 2, 4, 8, 16),
    attn_dp: fc.constantFrom(1, 2, 8, 64),
    pp: fc.constantFrom(1, 2, 4),
    ep: fc.boolean(),
    prefix_hit_rate: fc.double({ min: 0, max: 1, noNaN: true }),
    spec_decode: fc.constantFrom("", "off", "1", "3", "5:3.1"),
    open: fc.boolean(),
  })
  .map(({ ep, open, ...columns }) => {
    const text = Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, String(value)]));
    const load = open ? { concurrency: "", qps_offered: String(columns.concurrency / 100) } : {};
    return pointOf({ ...text, ...load, moe_ep: ep ? String(columns.tp * columns.attn_dp) : "1" });
  });

const numbers = ({ prediction, ...memory }: Answer): readonly number[] =>
  [...Object.values(prediction ?? {}), memory.weightsBytesPerGpu, memory.maxSequences].filter(
    (value) => typeof value === "number",
  );

property.prop([point], { numRuns: 10_000 })("no figure is negative or no number", (asked) => {
  for (const value of numbers(answer(asked))) expect(value >= 0 && Number.isFinite(value)).toBe(true);
});

/** Room for any batch, so that waiting for it does not hide what a step does. */
const ROOMY = { memoryBytes: 1e15 };
const onGpu = (asked: Point, change: Partial<Gpu>): Point => ({ ...asked, gpu: { ...asked.gpu, ...ROOMY, ...change } });
const closed = point.filter(({ load }) => load.kind === "closed");
const slack = 1 + 1e-9;

property.prop([closed, fc.integer({ min: 1, max: 512 })])("TPOT never falls with the batch", (asked, more) => {
  if (asked.load.kind !== "closed") return;
  const concurrency = asked.load.concurrency + more * asked.parallel.attentionData;
  const busier = { ...asked, load: { kind: "closed" as const, concurrency } };
  const [few, many] = [tpot(onGpu(asked, {})), tpot(onGpu(busier, {}))];
  if (!Number.isNaN(few)) expect(many * slack).toBeGreaterThanOrEqual(few);
});

property.prop([closed, fc.integer({ min: 1, max: 10_000 })])("TPOT never falls with the context", (asked, more) => {
  const { requests } = asked;
  const longer = { ...asked, requests: { ...requests, inputTokens: requests.inputTokens + more } };
  const [short, long] = [tpot(onGpu(asked, {})), tpot(onGpu(longer, {}))];
  if (!Number.isNaN(long)) expect(long * slack).toBeGreaterThanOrEqual(short);
});

property.prop([closed, fc.double({ min: 1, max: 4, noNaN: true })])(
  "throughput never falls with bandwidth, peak or link",
  (asked, factor) => {
    const { gpu } = asked;
    const { bf16, fp8, fp4 } = gpu.flops;
    const times = (value: number | null): number | null => (value === null ? null : value * factor);
    const faster: readonly Partial<Gpu>[] = [
      { memoryBytesPerSecond: gpu.memoryBytesPerSecond * factor },
      { flops: { bf16: times(bf16), fp8: times(fp8), fp4: times(fp4) } },
      { scaleUpBytesPerSecond: gpu.scaleUpBytesPerSecond * factor },
      { scaleOutBytesPerSecond: gpu.scaleOutBytesPerSecond * factor },
    ];
    const before = formula(onGpu(asked, {})).prediction?.outputTokensPerSecond;
    for (const change of faster) {
      const after = formula(onGpu(asked, change)).prediction?.outputTokensPerSecond;
      if (before !== undefined) expect((after ?? 0) * slack).toBeGreaterThanOrEqual(before);
    }
  },
);

test("memory grows with the bits of a weight", () => {
  const weights = ["int4", "nvfp4", "fp8", "bf16"].map(
    (precision) => formula(pointOf({ precision })).weightsBytesPerGpu,
  );
  expect(weights).toEqual([...weights].sort((a, b) => (a ?? 0) - (b ?? 0)));
});

test("at no load nothing waits; near capacity the rate is refused, never negative", () => {
  const at = (qps: string) => formula(pointOf({ concurrency: "", qps_offered: qps })).prediction;
  const idle = at("0.0001");
  const busy = at("3");
  expect(idle?.ttftSeconds).toBeLessThan(busy?.ttftSeconds ?? 0);
  expect(idle?.tpotSeconds).toBeCloseTo(at("0.001")?.tpotSeconds ?? 0, 4);
  expect(at("200")).toBeNull();
});

test("the accuracy page is of the constants that are shipped", () => {
  const page = readFileSync(new URL("../../components/serving/ACCURACY.md", import.meta.url), "utf8");
  for (const [name, value] of Object.entries(CONSTANTS)) {
    expect(page).toMatch(new RegExp(`^\\| ${name.replaceAll(".", "\\.")} \\|.*\\| ${escaped(value)} \\|$`, "m"));
  }
});
const escaped = (value: number): string => value.toPrecision(4).replace(/[.+]/g, "\\$&");
