import type { Architecture, Attention } from "../../catalog/architecture.ts";
import type { Gpu } from "../../catalog/gpu.ts";
import type { ConstantName } from "./constant-table.ts";
import type { EngineId } from "./engine.ts";
import { type KeyValue, keyValueOf } from "./key-value.ts";
import { expertBytes } from "./memory.ts";
import type { Parallel } from "./parallel.ts";
import { parametersOf } from "./parameters.ts";
import { type Compute, computeOn, FORMATS, type Precision } from "./precision.ts";

/** A model on GPUs under an engine: everything a step's time depends on but its batch. Bytes and FLOP per GPU. */
export interface Deployment {
  readonly engine: EngineId;
  readonly parallel: Parallel;
  readonly layers: number;
  readonly routedLayers: number;
  readonly linearLayers: number;
  readonly hidden: number;
  readonly latent: boolean;
  readonly sharedExperts: boolean;
  readonly linearBytes: number;
  readonly headBytes: number;
  readonly linearFlopsPerToken: number;
  readonly linearPeak: number;
  readonly linearCompute: ConstantName;
  readonly experts: Experts | null;
  readonly keyValue: KeyValue;
  readonly keyValueMemory: ConstantName;
  /** Attention FLOP per pair of tokens over full layers, per pair over windowed ones, per cached token in decode. */
  readonly pairFlops: number;
  readonly windowedPairFlops: number;
  readonly window: number;
  readonly cachedTokenFlops: number;
  readonly bf16Peak: number;
  /** Of latent attention in decode: on Blackwell, kernels multiply an fp8 cache in fp8. */
  readonly latentPeak: number;
  readonly memoryBytesPerSecond: number;
  readonly scaleUpBytesPerSecond: number;
  readonly scaleOutBytesPerSecond: number;
  /** GPUs that reach one another over the scale-up link. */
  readonly domain: number;
  /** GPUs of one pipeline stage. */
  readonly ranks: number;
  readonly armHost: boolean;
  readonly tuning: Tuning;
}

/** How a replica was run beyond its widths. */
export interface Tuning {
  /** Tokens go to their experts and back by kernels of their own; otherwise ranks gather and scatter all of them. */
  readonly allToAll: boolean;
  /** The router was made to load all ranks alike, as profiles do. */
  readonly evenExperts: boolean;
  /** Tokens of a rank that the kernels of a full prefill step see. */
  readonly prefillStepTokens: number;
}

export interface Experts {
  readonly count: number;
  readonly activePerToken: number;
  readonly bytes: number;
  /** Per token of the whole replica: the GPU's share of it. */
  readonly flopsPerToken: number;
  readonly peak: number;
  readonly compute: ConstantName;
  /** Columns of one expert on one GPU. */
  readonly width: number;
  /** Bytes of one element as it is sent to an expert. */
  readonly activationBytes: number;
  /** The GPU has no units for the format and unpacks it first. */
  readonly unpacked: boolean;
}

export interface DeploymentQuestion {
  readonly architecture: Architecture;
  readonly precision: Precision;
  readonly gpu: Gpu;
  readonly parallel: Parallel;
  readonly engine: EngineId;
  /** Where it is known; otherwise what engines do with such widths. */
  readonly tuning?: Partial<Tuning>;
}

/** Up to this many ranks engines gather and scatter; wide expert parallelism has kernels of its own. */
const NARROW = 8;

/** `null` where the GPU has units for none of the types that the format can be computed in. */
export function deploymentOf(question: DeploymentQuestion): Deployment | null {
  const { architecture, precision, gpu, parallel, engine } = question;
  const ranks = parallel.tensor * parallel.attentionData;
  const { attention, layers, hidden, routed } = architecture;
  const parameters = parametersOf(architecture);
  const compute = computeOn(gpu, precision.linear);
  const bf16Peak = gpu.flops.bf16;
  const experts = routed === null ? null : expertsOf(question);
  if (compute === null || bf16Peak === null || experts === "impossible") return null;
  return {
    engine,
    parallel,
    layers,
    routedLayers: routed?.layers ?? 0,
    linearLayers: attention.kind === "grouped" ? (attention.linear?.layers ?? 0) : 0,
    hidden,
    latent: attention.kind === "latent",
    sharedExperts: (routed?.shared ?? 0) > 0,
    linearBytes: (parameters.linear * FORMATS[precision.linear].bytes) / parallel.tensor,
    headBytes: ((parameters.head + parameters.router) * FORMATS.bf16.bytes) / parallel.tensor,
    linearFlopsPerToken: (2 * parameters.linear) / parallel.tensor,
    linearPeak: gpu.flops[compute] ?? bf16Peak,
    linearCompute: `compute.${compute}`,
    experts,
    keyValue: keyValueOf(architecture, precision.keyValue, parallel.tensor),
    keyValueMemory: `memory.keyValue.${precision.keyValue}`,
    ...attentionFlops(attention, layers, parallel.tensor),
    bf16Peak,
    latentPeak: precision.keyValue === "fp8" && gpu.generation === "blackwell" ? (gpu.flops.fp8 ?? bf16Peak) : bf16Peak,
    memoryBytesPerSecond: gpu.memoryBytesPerSecond,
    scaleUpBytesPerSecond: gpu.scaleUpBytesPerSecond,
    scaleOutBytesPerSecond: gpu.scaleOutBytesPerSecond,
    domain: gpu.gpusPerDomain,
    ranks,
    armHost: gpu.hostArch === "arm64",
    tuning: {
      allToAll: parallel.attentionData > 1 && ranks > NARROW,
      evenExperts: false,
      prefillStepTokens: 8192,
      ...question.tuning,
    },
  };
}

/** Bytes per element with scales: fp8 in blocks of 128, NVFP4 in blocks of 16. */
const ACTIVATION_BYTES: Readonly<Record<Compute, number>> = { bf16: 2, fp8: 1.03, fp4: 0.5 + 1 / 16 };

/** A format without units is unpacked to bf16 first; with narrower units it would still lose its scales. */
function expertsOf({ architecture, precision, gpu, parallel }: DeploymentQuestion): Experts | null | "impossible" {
  const { routed } = architecture;
  if (routed === null) return null;
  const unpacked = precision.experts === "int4" || (precision.experts === "mxfp4" && gpu.flops.fp4 === null);
  const compute: Compute | null = unpacked ? "bf16" : computeOn(gpu, precision.experts);
  const peak = compute === null ? null : gpu.flops[compute];
  if (peak === null) return "impossible";
  const shares = parallel.expert * parallel.expertTensor;
  const parameters = parametersOf(architecture);
  return {
    count: routed.experts,
    activePerToken: routed.activePerToken,
    bytes: (parameters.routed * expertBytes(architecture, precision)) / shares,
    flopsPerToken: (2 * parameters.routedActive) / shares,
    peak,
    compute: expertCompute(precision, gpu, unpacked),
    width: routed.intermediate / parallel.expertTensor,
    activationBytes: ACTIVATION_BYTES[compute ?? "bf16"],
    unpacked,
  };
}

function expertCompute({ experts }: Precision, gpu: Gpu, unpacked: boolean): ConstantName {
  if (experts === "mxfp4") return unpacked ? "expert.mxfp4.unpacked" : "expert.mxfp4";
  if (experts === "fp8-block") return gpu.generation === "hopper" ? "expert.fp8-block.hopper" : "expert.fp8-block";
  return experts === "nvfp4-latent" ? "expert.nvfp4" : `expert.${experts}`;
}

/** Causal attention of S tokens is S²/2 pairs of 4·heads·dim FLOP; latent attention has 192 + 128 wide heads in prefill. */
function attentionFlops(attention: Attention, layers: number, tensor: number) {
  if (attention.kind === "latent") {
    const { heads, nopeDim, ropeDim, valueDim, keyValueRank } = attention;
    return {
      pairFlops: (2 * heads * (nopeDim + ropeDim + valueDim) * layers) / tensor,
      windowedPairFlops: 0,
      window: 0,
      cachedTokenFlops: (2 * heads * (2 * keyValueRank + ropeDim) * layers) / tensor,
    };
  }
  const { heads, headDim, fullLayers, windowed } = attention;
  return {
    pairFlops: (4 * heads * headDim * fullLayers) / tensor,
    windowedPairFlops: (4 * heads * headDim * (windowed?.layers ?? 0)) / tensor,
    window: windowed?.window ?? 0,
    cachedTokenFlops: 0,
  };
}
