import type { Gpu } from "../../components/catalog/gpu.ts";
import { loadCatalog } from "../../components/catalog/load.ts";
import type { Constants } from "../../components/serving/capacity/constant-table.ts";
import { type Deployment, deploymentOf } from "../../components/serving/capacity/deployment.ts";
import type { Precision } from "../../components/serving/capacity/precision.ts";
import { prefillSeconds, stepSeconds } from "../../components/serving/capacity/step.ts";
import { table } from "../support/csv.ts";

const catalog = loadCatalog();

/** What a published figure leaves out of its row, or puts in words. */
interface Reading {
  readonly gpu: Gpu;
  readonly precision: Precision;
  readonly expertRanks: number;
  readonly work: { readonly sequences: number; readonly context: number } | { readonly prompt: number };
  /** GPUs that the figure counts together. */
  readonly per: number;
  /** The batch is not published and was worked out from other figures of the source. */
  readonly batchInferred?: true;
}

const H100 = gpu("h100_sxm");
/** The H100 of another market: NVLink at 400 GB/s in both directions together. */
const H800: Gpu = { ...H100, id: "h800_sxm", scaleUpBytesPerSecond: 200e9 };
const GB200 = gpu("gb200");
const FP8: Precision = { linear: "fp8-block", experts: "fp8-block", keyValue: "bf16" };
const NVFP4: Precision = { linear: "fp8", experts: "nvfp4", keyValue: "fp8" };
/** The checkpoint is in fp8; attention alone computes in bf16. */
const BF16_ATTENTION: Precision = { linear: "fp8-block", experts: "fp8-block", keyValue: "bf16" };

const READINGS: Readonly<Record<string, Reading>> = {
  "ds-open-infra-decode": {
    gpu: H800,
    precision: FP8,
    expertRanks: 144,
    work: { sequences: 88, context: 4989 },
    per: 8,
    batchInferred: true,
  },
  "ds-profile-decode": { gpu: H800, precision: FP8, expertRanks: 128, work: { sequences: 128, context: 4096 }, per: 8 },
  "sglang-96h100-prefill": { gpu: H100, precision: FP8, expertRanks: 32, work: { prompt: 2000 }, per: 8 },
  "sglang-96h100-decode": {
    gpu: H100,
    precision: FP8,
    expertRanks: 72,
    work: { sequences: 256, context: 2000 },
    per: 8,
  },
  "sglang-gb200-p1-decode": {
    gpu: GB200,
    precision: FP8,
    expertRanks: 48,
    work: { sequences: 768, context: 2000 },
    per: 1,
    batchInferred: true,
  },
  "sglang-gb200-p2-prefill": { gpu: GB200, precision: NVFP4, expertRanks: 4, work: { prompt: 2000 }, per: 1 },
  "sglang-gb200-p2-decode": {
    gpu: GB200,
    precision: NVFP4,
    expertRanks: 48,
    work: { sequences: 1408, context: 2000 },
    per: 1,
  },
  "sglang-gb200-p2-prefill-bf16": {
    gpu: GB200,
    precision: BF16_ATTENTION,
    expertRanks: 4,
    work: { prompt: 2000 },
    per: 1,
  },
};

function gpu(id: string): Gpu {
  const found = catalog.gpus.get(id);
  if (found === undefined) throw new Error(`no GPU ${id}`);
  return found;
}

export interface RackScale {
  readonly id: string;
  readonly published: number;
  readonly predicted: number | null;
  readonly note: string;
}

/** Published figures of large systems: never fitted. */
export function rackScale(constants: Constants): readonly RackScale[] {
  return table("published-throughput-points.csv").map(({ id = "", value, metric = "" }) => {
    const reading = READINGS[id];
    if (reading === undefined) return { id, published: Number(value), predicted: null, note: metric };
    const note = reading.batchInferred ? `${metric}; batch inferred` : metric;
    return { id, published: Number(value), predicted: reading.per * tokensPerSecond(constants, reading), note };
  });
}

function tokensPerSecond(constants: Constants, reading: Reading): number {
  const deployment = deployed(reading);
  const { work } = reading;
  if ("prompt" in work) return work.prompt / prefillSeconds(constants, deployment, work.prompt);
  const seconds = stepSeconds(constants, deployment, { decodeSequences: work.sequences, contextTokens: work.context });
  return work.sequences / seconds;
}

function deployed({ gpu, precision, expertRanks }: Reading): Deployment {
  const architecture = catalog.models.get("deepseek-v3")?.architecture.value;
  const parallel = { tensor: 1, attentionData: expertRanks, expertTensor: 1, expert: expertRanks, pipeline: 1 };
  const deployment = architecture && deploymentOf({ architecture, precision, gpu, parallel, engine: "sglang" });
  if (!deployment) throw new Error("DeepSeek-V3 is in the catalog");
  return deployment;
}
