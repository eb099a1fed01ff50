import { expect, test } from "vitest";
import type { Architecture } from "../../components/catalog/architecture.ts";
import type { Gpu } from "../../components/catalog/gpu.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import { byName } from "../../components/catalog/names.ts";
import { keyValueOf, residentBytes } from "../../components/serving/capacity/key-value.ts";
import { maxSequences, memoryOf, weightBytesPerGpu } from "../../components/serving/capacity/memory.ts";
import { tensorParallel } from "../../components/serving/capacity/parallel.ts";
import { parametersOf } from "../../components/serving/capacity/parameters.ts";
import { type Precision, precisionOf } from "../../components/serving/capacity/precision.ts";
import { table } from "../support/csv.ts";

const catalog = loadCatalog();
const GIB = 2 ** 30;

function architecture(name: string): Architecture {
  const value = byName(catalog.models, name)?.architecture.value;
  if (!value) throw new Error(`no architecture of ${name}`);
  return value;
}
function gpu(name: string): Gpu {
  const found = byName(catalog.gpus, name);
  if (found === undefined) throw new Error(`no GPU ${name}`);
  return found;
}
function precision(name: string, label: string): Precision {
  const found = precisionOf(architecture(name), label);
  if (found === null) throw new Error(`no precision ${label}`);
  return found;
}

const published = table("model-architectures.csv").filter((row) => !row.model?.includes("|"));

test.each(published)("the parameters of $model agree with the published sums", (row) => {
  const { attention } = architecture(row.model ?? "");
  const { total, routed, routedActive } = parametersOf(architecture(row.model ?? ""));
  // The table's own sums lack some dimensions of gated-delta layers.
  const share = attention.kind === "grouped" && attention.linear !== null ? 0.1 : 0.001;
  for (const [got, column] of [
    [total, "params_total_B_calc"],
    [total - routed + routedActive, "params_active_B_calc"],
  ] as const) {
    const [low, high] = near(Number(row[column]), share);
    expect(got / 1e9).toBeGreaterThanOrEqual(low);
    expect(got / 1e9).toBeLessThanOrEqual(high);
  }
});

/** The table rounds to 10 M parameters. */
const near = (want: number, share: number): [number, number] => {
  const slack = Math.max(want * share, 0.006);
  return [want - slack, want + slack];
};

test.each(published)("the KV cache of $model is exact to the byte", (row) => {
  const { attention } = architecture(row.model ?? "");
  for (const format of ["bf16", "fp8"] as const) {
    const got = keyValueOf(architecture(row.model ?? ""), format);
    const chunked =
      attention.kind === "grouped" && attention.windowed?.chunked ? (got.windowed?.bytesPerToken ?? 0) : 0;
    expect(got.bytesPerToken + chunked).toBe(Number(row[`kv_bytes_per_token_${format}`]));
    if (chunked === 0) {
      const bytes = format === "bf16" ? 2 : 1;
      expect((got.windowed?.bytesPerToken ?? 0) / bytes).toBe(Number(row.swa_kv_elems_per_token_capped));
    }
    expect(got.stateBytes).toBe(Number(row.linear_state_bytes_per_seq));
  }
});

test("weights of Llama-3.1-70B by format, embeddings in bf16", () => {
  const gigabytes = (label: string) =>
    weightBytesPerGpu(architecture("llama-3.1-70b"), precision("llama-3.1-70b", label), tensorParallel(1)) / 1e9;
  expect(gigabytes("bf16")).toBeCloseTo(141.1, 1);
  expect(gigabytes("fp8")).toBeCloseTo(72.65, 2);
  expect(gigabytes("awq-int4")).toBeCloseTo(39.77, 2);
  expect(gigabytes("nvfp4")).toBeCloseTo(42.71, 2);
});

test("windowed layers stop at their window, chunked ones at their chunk", () => {
  const scout = keyValueOf(architecture("llama-4-scout"), "bf16");
  expect(residentBytes(scout, 32_768) / 1e9).toBeCloseTo(2.82, 2);
  const oss = keyValueOf(architecture("gpt-oss-120b"), "bf16");
  expect(residentBytes(oss, 8192) / 1e9).toBeCloseTo(0.307, 3);
});

/** Formats and the setting by which the one row that contradicts its own terms is consistent. */
const PROFILED: Readonly<Record<string, { label: string; utilization?: number }>> = {
  "openai/gpt-oss-20b": { label: "mxfp4" },
  "openai/gpt-oss-120b": { label: "mxfp4", utilization: 0.95 },
  "RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic": { label: "fp8" },
  "meta-llama/Llama-3.3-70B-FP8": { label: "fp8" },
  "meta-llama/Llama-3.1-8B-Instruct": { label: "bf16" },
  "Qwen/Qwen3-0.6B": { label: "bf16" },
  "Qwen/Qwen3-32B": { label: "bf16" },
};
const profiled = table("vllm-memory-profile.csv").filter((row) => (row.model ?? "") in PROFILED);

test.each(profiled)("vLLM's KV budget of $model at tp $tp is within 0.6 GiB, weights computed", (row) => {
  const { label, utilization } = PROFILED[row.model ?? ""] ?? { label: "" };
  const got = memoryOf({
    architecture: architecture(row.model ?? ""),
    precision: precision(row.model ?? "", label),
    gpu: gpu("h100_sxm"),
    parallel: tensorParallel(Number(row.tp)),
    engine: "vllm",
    utilization: utilization ?? Number(row.gpu_memory_utilization),
  });
  expect(Math.abs(got.keyValueBytesPerGpu / GIB - Number(row.kv_cache_gib))).toBeLessThanOrEqual(0.6);
  expect(got.keyValueBytesPerGpu > 0).toBe(Number(row.kv_cache_gib) > 0);
});

test("all rows of the memory profile are in the catalog but the multimodal one, whose vision tower is not", () => {
  expect(profiled).toHaveLength(table("vllm-memory-profile.csv").length - 1);
});

test("13 sequences of 16,000 tokens fit on 2 × H100 with KV in bf16", () => {
  const memory = memoryOf({
    architecture: architecture("llama-3.1-70b"),
    precision: { ...precision("llama-3.1-70b", "fp8"), keyValue: "bf16" },
    gpu: gpu("H100"),
    parallel: tensorParallel(2),
    engine: "vllm",
  });
  expect(maxSequences(memory, 16_000)).toBe(12);
  expect(maxSequences({ ...memory, keyValueBytesPerGpu: 32 * GIB }, 16_000)).toBe(13);
  expect(maxSequences({ ...memory, keyValueBytesPerGpu: -1 }, 16_000)).toBe(0);
});
