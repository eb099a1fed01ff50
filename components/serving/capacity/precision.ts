import type { Architecture } from "../../catalog/architecture.ts";
import type { Gpu } from "../../catalog/gpu.ts";

/** A weight format: bytes per weight with its scales, and the type its products are computed in. */
interface FormatFacts {
  readonly bytes: number;
  readonly compute: Compute;
  /** Expert width is padded to a multiple of this. */
  readonly tile: number;
}
export type Compute = "bf16" | "fp8" | "fp4";

/**
 * Sources: OCP MX specification (block 32, one-byte scale), NVFP4 (block 16, fp8 scale), AWQ and GPTQ (group 128:
 * 16-bit scale and 4-bit zero), DeepSeek-V3 report (128 × 128 blocks, 32-bit scale). MXFP4 kernels pad gpt-oss experts
 * from 2,880 to 3,072 (measured weights of both sizes agree within 0.4 %). `nvfp4-latent`: NVFP4 checkpoints of
 * latent-attention models keep query, key-value and indexer projections in bf16, 1.2 bytes per weight outside the experts.
 */
export const FORMATS = {
  bf16: { bytes: 2, compute: "bf16", tile: 1 },
  fp8: { bytes: 1, compute: "fp8", tile: 1 },
  "fp8-block": { bytes: 1 + 4 / 16_384, compute: "fp8", tile: 1 },
  nvfp4: { bytes: 0.5 + 1 / 16, compute: "fp4", tile: 1 },
  "nvfp4-latent": { bytes: 1.2, compute: "fp8", tile: 1 },
  mxfp4: { bytes: 0.5 + 1 / 32, compute: "fp4", tile: 256 },
  int4: { bytes: 0.5 + 2.5 / 128, compute: "bf16", tile: 1 },
} as const satisfies Readonly<Record<string, FormatFacts>>;
export type Format = keyof typeof FORMATS;

/** What a deployment stores and computes in. Embeddings, head and router stay in bf16. */
export interface Precision {
  readonly linear: Format;
  readonly experts: Format;
  readonly keyValue: "bf16" | "fp8";
}

/** Names of precisions and kernels as blueprints and benchmark tables write them. */
const LABELS: Readonly<Record<string, Format>> = {
  bf16: "bf16",
  bfloat16: "bf16",
  fp16: "bf16",
  float16: "bf16",
  fp8: "fp8",
  fp8_static: "fp8",
  fp8_block: "fp8-block",
  "fp8-block": "fp8-block",
  fp4: "nvfp4",
  nvfp4: "nvfp4",
  mxfp4: "mxfp4",
  w4a16_mxfp4: "mxfp4",
  w4a8_mxfp4_mxfp8: "mxfp4",
  int4: "int4",
  int4_wo: "int4",
  awq: "int4",
  gptq: "int4",
  "awq-int4": "int4",
};
export const PRECISION_LABELS: readonly string[] = Object.keys(LABELS);

/**
 * The precision that a label means for a model: `fp4` of a checkpoint shipped in MXFP4 is MXFP4 with attention in bf16;
 * a weight-only int4 mixture of experts keeps bf16 outside the experts. `null`: no such label. KV is kept in fp8 with
 * fp8 and fp4 weights, as the engines' published configurations do.
 */
export function precisionOf(
  architecture: Architecture,
  label: string,
  kernels: { readonly linear?: string; readonly experts?: string } = {},
): Precision | null {
  const base = LABELS[label.toLowerCase()];
  const linear = LABELS[(kernels.linear || label).toLowerCase()];
  const experts = LABELS[(kernels.experts || label).toLowerCase()];
  if (base === undefined || linear === undefined || experts === undefined) return null;
  const keyValue = base === "bf16" || base === "int4" ? "bf16" : "fp8";
  if (architecture.routed === null) return { linear, experts: linear, keyValue };
  const expertFormat = architecture.nativeFormat === "mxfp4" && experts === "nvfp4" ? "mxfp4" : experts;
  return { linear: outsideExperts(architecture, linear, expertFormat), experts: expertFormat, keyValue };
}

function outsideExperts(architecture: Architecture, linear: Format, experts: Format): Format {
  if (experts === "mxfp4" || experts === "int4") return "bf16";
  return linear === "nvfp4" && architecture.attention.kind === "latent" ? "nvfp4-latent" : linear;
}

const FALLBACK: Readonly<Record<Compute, readonly Compute[]>> = {
  fp4: ["fp4", "fp8", "bf16"],
  fp8: ["fp8", "bf16"],
  bf16: ["bf16"],
};

/** The type that a GPU computes a format in: without units for it, the next wider. `null`: the GPU has none at all. */
export const computeOn = (gpu: Gpu, format: Format): Compute | null =>
  FALLBACK[FORMATS[format].compute].find((type) => gpu.flops[type] !== null) ?? null;
