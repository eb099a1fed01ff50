import type { Gpu } from "../../components/catalog/gpu.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import type { Tuning } from "../../components/serving/capacity/deployment.ts";
import type { Precision } from "../../components/serving/capacity/precision.ts";
import type { Speculation } from "../../components/serving/capacity/speculation.ts";

/** What a published figure leaves out of its row, or puts in words. */
export interface Reading {
  readonly gpu: Gpu;
  readonly precision: Precision;
  readonly expertRanks: number;
  readonly tuning: Partial<Tuning>;
  readonly work: Decode | Prefill;
  /** GPUs that the figure counts together. */
  readonly per: number;
  /** What of it the source says, and what was inferred. */
  readonly how: string;
}
interface Decode {
  readonly sequences: number;
  readonly context: number;
  readonly speculation?: Speculation;
}
interface Prefill {
  readonly prompt: number;
  /** Tokens of it found in a cache; the figure counts them. */
  readonly cached?: number;
}

const catalog = loadCatalog();

function gpu(id: string): Gpu {
  const found = catalog.gpus.get(id);
  if (found === undefined) throw new Error(`no GPU ${id}`);
  return found;
}

const H100 = gpu("h100_sxm");
/** The H100 of another market: NVLink at 400 GB/s in both directions together. */
const H800: Gpu = { ...H100, id: "h800_sxm", scaleUpBytesPerSecond: 200e9 };
const GB200 = gpu("gb200");
const FP8: Precision = { linear: "fp8-block", experts: "fp8-block", keyValue: "bf16" };
const NVFP4: Precision = { linear: "fp8", experts: "nvfp4", keyValue: "fp8" };

/** All of them move tokens by all-to-all kernels (DeepEP), or in NVFP4 prefill gather them quantized. */
const WIDE: Partial<Tuning> = { allToAll: true };
/** Two micro-batches of 8,192 tokens on H100; without them 16,384 at once. */
const WHOLE_CHUNK: Partial<Tuning> = { allToAll: true, prefillStepTokens: 16_384 };

/** 608 G tokens in for 168 G out, with 4,989 in the cache on average: prompt + half an answer. */
const DAY_PROMPT = 4989 / (1 + 168 / 608 / 2);

/**
 * Sources: deepseek-ai/profile-data@ae7fc07, open-infra-index@56d8685 (day 6); SGLang's posts of 2025-05-05, 2025-06-16 and
 * 2025-09-25 (lm-sys.github.io), whose prefill chunks are those of sgl-project/sglang#6017 and of NVIDIA's GB200 recipe.
 */
export const READINGS: Readonly<Record<string, Reading>> = {
  "ds-open-infra-prefill": {
    gpu: H800,
    precision: FP8,
    expertRanks: 32,
    tuning: WIDE,
    work: { prompt: DAY_PROMPT, cached: DAY_PROMPT * 0.563 },
    per: 8,
    how: "mean of a day, predicted at capacity; lengths inferred: a day of 608 G tokens in and 168 G out, 4,989 in the cache",
  },
  "ds-open-infra-decode": {
    gpu: H800,
    precision: FP8,
    expertRanks: 144,
    tuning: WIDE,
    work: { sequences: 88, context: 4989 },
    per: 8,
    how: "batch inferred: tokens/s over tokens/s per user",
  },
  "ds-profile-decode": {
    gpu: H800,
    precision: FP8,
    expertRanks: 128,
    tuning: { ...WIDE, evenExperts: true },
    work: { sequences: 128, context: 4096 },
    per: 8,
    how: "experts loaded alike by a made-up router, says its source",
  },
  "sglang-96h100-prefill": {
    gpu: H100,
    precision: FP8,
    expertRanks: 32,
    tuning: WIDE,
    work: { prompt: 2000 },
    per: 8,
    how: "two micro-batches of 8,192 tokens",
  },
  "sglang-96h100-decode": {
    gpu: H100,
    precision: FP8,
    expertRanks: 72,
    tuning: WIDE,
    work: { sequences: 256, context: 2000 },
    per: 8,
    how: "two micro-batches",
  },
  "sglang-96h100-decode-mtp-sim": {
    gpu: H100,
    precision: FP8,
    expertRanks: 72,
    tuning: WIDE,
    work: { sequences: 128, context: 4000, speculation: { draftTokens: 1, acceptedTokens: 1.6 } },
    per: 8,
    how: "one draft, 60 % accepted",
  },
  "sglang-gb200-p1-decode": {
    gpu: GB200,
    precision: FP8,
    expertRanks: 48,
    tuning: WIDE,
    work: { sequences: 768, context: 2000 },
    per: 1,
    how: "batch inferred from a full cache; no micro-batches inside the NVLink domain",
  },
  "sglang-gb200-p2-prefill": {
    gpu: GB200,
    precision: NVFP4,
    expertRanks: 2,
    tuning: WHOLE_CHUNK,
    work: { prompt: 2000 },
    per: 1,
    how: "2 ranks, chunks of 16,384 tokens a rank, tokens sent in NVFP4",
  },
  "sglang-gb200-p2-decode": {
    gpu: GB200,
    precision: NVFP4,
    expertRanks: 48,
    tuning: WIDE,
    work: { sequences: 1408, context: 2000 },
    per: 1,
    how: "attention in fp8, tokens sent in NVFP4",
  },
  "sglang-gb200-p2-prefill-bf16": {
    gpu: GB200,
    precision: FP8,
    expertRanks: 4,
    tuning: WHOLE_CHUNK,
    work: { prompt: 2000 },
    per: 1,
    how: "4 ranks, chunks of 16,384 tokens a rank",
  },
  "sglang-gb200-p2-decode-bf16": {
    gpu: GB200,
    precision: FP8,
    expertRanks: 48,
    tuning: WIDE,
    work: { sequences: 768, context: 2000 },
    per: 1,
    how: "batch inferred: a cache that holds 768 sequences of 4,000 tokens in fp8 holds as many of 2,000 in bf16",
  },
};

/** Figures that nothing is predicted for. */
export const UNREAD: Readonly<Record<string, string>> = {
  "sglang-eplb-gain-prefill":
    "how uneven the router is without copies of busy experts hangs on the traffic; no table says it",
  "sglang-eplb-gain-decode": "the same",
  "vllm-h200-wideep": "neither the model nor a batch is said, and its GPUs count both roles",
};
