import type { MemoryPlan, PredictedCapacity } from "../../../components/serving/capacity-plan.ts";
import type { Input } from "../../finding.ts";
import { condition } from "../../rule.ts";
import { capacityRule } from "./capacity-subject.ts";

const GIB = 2 ** 30;
const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Weights fit, and the cache that is left holds the longest request. */
export const memory = capacityRule(
  {
    id: "serving/memory",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: null,
    claim: "weights leave a KV cache of at least 10 GiB a GPU, and it holds the longest request",
    why: "an engine that cannot place its weights does not start; one with hardly any cache serves one request after the other",
    formula:
      "KV = utilization × memory − weights − activations − other; KV ≥ 10 GiB ∧ longest request ≤ KV ÷ bytes a token",
    source:
      "vLLM start-up logs: the budget is met within 0.6 GiB, so that less than 10 GiB of cache is not established",
    inputs: "serving.endpoints: model, precision, widths, traffic; catalog: architecture, GPU memory",
    pass: "both hold",
    fail: "the weights leave no cache, the GPU cannot compute in the format, or the longest request does not fit",
    unproved: "the cache is under 10 GiB, or the traffic is not stated",
    fix: "a smaller weight format, more GPUs a copy, or another traffic profile",
    manualCheck:
      "millrace plan <site> --why: weights and cache of the endpoint; parameters × bytes a weight over its GPUs",
    notApplicable: "the site has no endpoint",
  },
  "weights and the longest request fit",
  memoryInputs,
);

function memoryInputs({ memory }: PredictedCapacity, at: string): readonly Input[] {
  return memory.flatMap((each) => roleInputs(each, at));
}

function roleInputs(memory: MemoryPlan, at: string): readonly Input[] {
  const { role, weightsBytesPerGpu, keyValueBytesPerGpu, keyValueTokens, longestRequestTokens, established } = memory;
  const where = WHERE[role];
  return [
    condition(
      `${where}${gib(weightsBytesPerGpu)} of weights leave ${gib(keyValueBytesPerGpu)} of KV cache, at least 10 GiB`,
      established ? true : null,
      `${at}.precision`,
    ),
    condition(
      `${where}a request of ${longestRequestTokens.toLocaleString("en-US")} tokens fits the cache of ${keyValueTokens.toLocaleString("en-US")}`,
      longestRequestTokens <= keyValueTokens,
      `${at}.traffic`,
    ),
  ];
}
const WHERE = { all: "", prefill: "for prompts ", decode: "for answers " } as const;
