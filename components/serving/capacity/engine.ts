/** How an engine sets aside memory for the KV cache. */
type Budget =
  | {
      /** A share of visible memory, less weights, the activation peak of a profiling step and what is not PyTorch's. */
      readonly kind: "utilization";
      readonly utilization: number;
      readonly activationBytes: { readonly dense: number; readonly routed: number };
      readonly otherBytes: { readonly single: number; readonly parallel: number };
    }
  | {
      /** A share of what is free once weights, activations and communication buffers are loaded. */
      readonly kind: "free-share";
      readonly share: number;
      readonly otherBytes: { readonly single: number; readonly parallel: number };
    };

export interface Engine {
  readonly id: EngineId;
  readonly budget: Budget;
  /** Tokens that one step takes at most: long prompts are cut into chunks of it. */
  readonly maxBatchedTokens: number;
  readonly blockTokens: number;
  readonly admission: Admission;
  readonly source: string;
}
/**
 * Cache that must be free for a request to start. As needed: that of its prompt, and the newest are preempted when running
 * ones outgrow the cache (vLLM). Whole: that of its longest answer too (TensorRT-LLM's default; SGLang keeps a share of it).
 */
type Admission = "as needed" | "whole";

export type EngineId = "vllm" | "sglang" | "trtllm";

const GIB = 2 ** 30;
/** Reserve of the allocator and of fragmentation, by AIConfigurator. */
const FREE_SHARE = 0.9 * (1 - 0.015) * (1 - 0.02);

const freeShare: Budget = {
  kind: "free-share",
  share: FREE_SHARE,
  otherBytes: { single: 3.5 * GIB, parallel: 3.5 * GIB + 367e6 },
};

export const ENGINES: Readonly<Record<EngineId, Engine>> = {
  vllm: {
    id: "vllm",
    budget: {
      kind: "utilization",
      utilization: 0.9,
      activationBytes: { dense: 5.2 * GIB, routed: 7.4 * GIB },
      otherBytes: { single: 0.13 * GIB, parallel: 0.55 * GIB },
    },
    maxBatchedTokens: 8192,
    blockTokens: 16,
    admission: "as needed",
    source: "vLLM start-up logs on H100 (llm-d-planner@e50305a:docs/empirical-vllm-memory-results.md)",
  },
  sglang: {
    id: "sglang",
    budget: freeShare,
    maxBatchedTokens: 8192,
    blockTokens: 16,
    admission: "whole",
    source: "memory estimate of ai-dynamo/aiconfigurator@095f58a",
  },
  trtllm: {
    id: "trtllm",
    budget: freeShare,
    maxBatchedTokens: 8192,
    blockTokens: 32,
    admission: "whole",
    source: "memory estimate of ai-dynamo/aiconfigurator@095f58a",
  },
};
