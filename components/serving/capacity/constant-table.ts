interface Constant {
  /** Where a fit starts, and what it falls back to where no row speaks. */
  readonly prior: number;
  /** Standard deviation of the natural logarithm around the prior. */
  readonly spread: number;
  readonly meaning: string;
}

/**
 * The constants of the model, each with a physical meaning. Priors: medians of kernel benchmarks and all-reduce tables
 * of ai-dynamo/aiconfigurator@095f58a, per-layer and per-request overheads published for BLIS (inference-sim); the
 * others are set by hand. A fit moves them within their spread; the fitted values are in constants.json.
 */
export const CONSTANT_TABLE = {
  "memory.linear": { prior: 0.75, spread: 0.15, meaning: "share of memory bandwidth, weights outside the experts" },
  "memory.expert": { prior: 0.65, spread: 0.25, meaning: "share of memory bandwidth, expert weights" },
  "memory.keyValue.bf16": { prior: 0.65, spread: 0.25, meaning: "share of memory bandwidth, KV cache in bf16" },
  "memory.keyValue.fp8": { prior: 0.6, spread: 0.25, meaning: "share of memory bandwidth, KV cache in fp8" },
  "memory.state": { prior: 0.6, spread: 0.4, meaning: "share of memory bandwidth, state of linear layers" },
  dequantization: {
    prior: 2.6e12,
    spread: 0.3,
    meaning: "B/s of packed weights that a GPU unpacks without units for them",
  },
  "compute.bf16": { prior: 0.7, spread: 0.2, meaning: "share of peak, products outside the experts, bf16" },
  "compute.fp8": { prior: 0.5, spread: 0.2, meaning: "share of peak, products outside the experts, fp8" },
  "compute.fp4": { prior: 0.35, spread: 0.25, meaning: "share of peak, products outside the experts, fp4" },
  "expert.bf16": { prior: 0.5, spread: 0.3, meaning: "share of peak, wide experts, bf16" },
  "expert.fp8": { prior: 0.4, spread: 0.3, meaning: "share of peak, wide experts, fp8" },
  "expert.fp8-block": { prior: 0.3, spread: 0.3, meaning: "share of peak, wide experts, fp8 in blocks" },
  "expert.fp8-block.hopper": { prior: 0.5, spread: 0.3, meaning: "the same on Hopper, whose block kernels are older" },
  "expert.nvfp4": { prior: 0.4, spread: 0.3, meaning: "share of peak, wide experts, NVFP4" },
  "expert.int4": { prior: 0.35, spread: 0.3, meaning: "share of bf16 peak, wide experts, int4 weights" },
  "expert.mxfp4": { prior: 0.3, spread: 0.3, meaning: "share of peak, wide experts, MXFP4 with units for it" },
  "expert.mxfp4.unpacked": { prior: 0.35, spread: 0.3, meaning: "share of bf16 peak, wide experts, MXFP4 without" },
  "expert.halfWidth": {
    prior: 600,
    spread: 0.5,
    meaning: "width of an expert's share at which half of that is reached",
  },
  "expert.padding": {
    prior: 32,
    spread: 0.5,
    meaning: "rows that the kernels compute for nothing on each expert touched",
  },
  "expert.distinct": {
    prior: 0.85,
    spread: 0.15,
    meaning: "experts that each further token touches, beside free choice",
  },
  "expert.imbalance": { prior: 0.4, spread: 0.5, meaning: "load of the busiest rank above the mean, expert parallel" },
  "attention.prefill": { prior: 0.5, spread: 0.2, meaning: "share of bf16 peak, attention over a prompt" },
  "attention.latent": { prior: 0.6, spread: 0.3, meaning: "share of bf16 peak, latent attention in decode" },
  "allReduce.latency": { prior: 6e-6, spread: 0.2, meaning: "s per all-reduce" },
  "allReduce.bandwidth": { prior: 0.9, spread: 0.1, meaning: "share of link bandwidth, large messages" },
  "allReduce.middle": { prior: 10e-6, spread: 0.3, meaning: "s per all-reduce of 1 MiB, growing with its root" },
  "allToAll.latency": { prior: 20e-6, spread: 0.2, meaning: "s of a dispatch or combine beside its bytes" },
  "allToAll.bandwidth": { prior: 0.78, spread: 0.1, meaning: "logical share of link bandwidth" },
  "layer.vllm": { prior: 40e-6, spread: 0.3, meaning: "s per dense layer beside its weights, vLLM" },
  "layer.sglang": { prior: 35e-6, spread: 0.3, meaning: "the same, SGLang" },
  "layer.trtllm": { prior: 35e-6, spread: 0.3, meaning: "the same, TensorRT-LLM" },
  "layer.routed": { prior: 0.4, spread: 0.5, meaning: "what routing adds to a layer's overhead" },
  "layer.shared": { prior: 0.3, spread: 0.5, meaning: "what shared experts add to it" },
  "layer.unpacked": { prior: 0.4, spread: 0.2, meaning: "what expert kernels that unpack weights add to it" },
  "layer.latent": { prior: 0.5, spread: 0.5, meaning: "what latent attention adds to it" },
  "layer.linear": { prior: 0.5, spread: 0.5, meaning: "what linear attention adds to it" },
  "request.vllm": { prior: 4.4e-6, spread: 0.6, meaning: "s per sequence and step, vLLM" },
  "request.sglang": { prior: 4.4e-6, spread: 0.6, meaning: "the same, SGLang" },
  "request.trtllm": { prior: 4.4e-6, spread: 0.6, meaning: "the same, TensorRT-LLM" },
  "host.sequence": {
    prior: 20e-6,
    spread: 0.4,
    meaning: "s of host time per sequence and step, hidden behind the GPU while shorter",
  },
  "host.arm": { prior: 1.4, spread: 0.15, meaning: "the same work on the Arm host of a superchip, as a factor" },
  "step.vllm": { prior: 0.5e-3, spread: 0.6, meaning: "s per step, vLLM" },
  "step.sglang": { prior: 0.5e-3, spread: 0.6, meaning: "the same, SGLang" },
  "step.trtllm": { prior: 0.5e-3, spread: 0.6, meaning: "the same, TensorRT-LLM" },
  "stall.vllm": { prior: 1, spread: 0.3, meaning: "decode time lost per second of prefill, vLLM" },
  "stall.sglang": { prior: 1, spread: 0.3, meaning: "the same, SGLang" },
  "stall.trtllm": { prior: 1, spread: 0.3, meaning: "the same, TensorRT-LLM" },
  maturity: { prior: 0.04, spread: 0.7, meaning: "share of step time that engines shed a month on routed models" },
  acceptance: { prior: 2.2, spread: 0.1, meaning: "tokens per verified step, two drafts, where none is measured" },
  "first.vllm": { prior: 0.02, spread: 0.25, meaning: "s of a request before and after its prefill, vLLM" },
  "first.sglang": { prior: 0.2, spread: 0.25, meaning: "the same, SGLang" },
  "first.trtllm": { prior: 0.03, spread: 0.25, meaning: "the same, TensorRT-LLM" },
  "first.prefill": { prior: 0.85, spread: 0.1, meaning: "prefill time of one prompt seen by its request" },
  "first.queue": { prior: 0.06, spread: 0.2, meaning: "prefills of others waited for, per sequence in flight" },
  "first.maturity": {
    prior: 0.03,
    spread: 0.7,
    meaning: "share of a first token's host time that engines shed a month",
  },
  "first.steps": { prior: 2, spread: 0.15, meaning: "decode steps waited for" },
  "launch.vllm": { prior: 0.2e-3, spread: 0.25, meaning: "s per routed layer to launch a prefill, vLLM" },
  "launch.sglang": { prior: 0.3e-3, spread: 0.25, meaning: "the same, SGLang" },
  "launch.trtllm": { prior: 0.4e-3, spread: 0.25, meaning: "the same, TensorRT-LLM" },
  "launchQueue.vllm": { prior: 5e-6, spread: 0.3, meaning: "launches of others waited for, s per sequence and layer" },
  "launchQueue.sglang": { prior: 15e-6, spread: 0.3, meaning: "the same, SGLang" },
  "launchQueue.trtllm": { prior: 5e-6, spread: 0.3, meaning: "the same, TensorRT-LLM" },
} as const satisfies Readonly<Record<string, Constant>>;

export type ConstantName = keyof typeof CONSTANT_TABLE;
export type Constants = Readonly<Record<ConstantName, number>>;

/** First tokens are fitted after steps are, so that their errors cannot bend what a step costs. */
export const isFirstTokenConstant = (name: string): boolean => /^(first|launch|launchQueue)\./.test(name);
