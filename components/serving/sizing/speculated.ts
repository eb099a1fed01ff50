import { ESTABLISHED_KV_BYTES } from "../capacity/memory.ts";
import type { Speculation } from "../capacity/speculation.ts";
import type { StepTime } from "../simulation/replica.ts";
import type { ServiceModel } from "./service-model.ts";

/** Sampling and bookkeeping of a draft, as a share of a step; a draft layer is one more layer (capacity/speculation.ts). */
const DRAFT_BOOKKEEPING = 0.02;

/**
 * The same replica with drafts that each step verifies: it computes `draftTokens` more tokens a sequence, reads the cache
 * once, and gains `acceptedTokens`. The draft is one more layer of the model, in weights and in cache: no draft that is
 * published takes more.
 */
export function speculated(model: ServiceModel, layers: number, speculation: Speculation): ServiceModel {
  const { draftTokens, acceptedTokens } = speculation;
  const plain = model.replica.stepTime;
  const share = draftTokens * (1 / layers + DRAFT_BOOKKEEPING);
  const stepTime: StepTime = (step) => {
    if (step.decodeSequences === 0) return plain(step);
    const verified = { ...step, prefillTokens: step.prefillTokens + step.decodeSequences * draftTokens };
    return plain(verified) + share * plain({ ...step, prefillTokens: 0, prefillPairs: 0 });
  };
  const drafting = withDraft(model, layers);
  return { ...drafting, replica: { ...drafting.replica, stepTime, tokensPerStep: acceptedTokens } };
}

function withDraft(model: ServiceModel, layers: number): ServiceModel {
  const weights = model.weightsBytesPerGpu / layers;
  const keyValueBytesPerGpu = Math.max(0, model.keyValueBytesPerGpu - weights);
  const tokens = (keyValueBytesPerGpu / model.keyValueBytesPerGpu) * (layers / (layers + 1));
  return {
    ...model,
    replica: { ...model.replica, keyValueTokens: Math.floor(model.replica.keyValueTokens * tokens) },
    weightsBytesPerGpu: model.weightsBytesPerGpu + weights,
    keyValueBytesPerGpu,
    keyValueBytesPerToken: model.keyValueBytesPerToken * (1 + 1 / layers),
    established: keyValueBytesPerGpu >= ESTABLISHED_KV_BYTES,
  };
}
