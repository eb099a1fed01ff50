import type { Speculation } from "../capacity/speculation.ts";
import type { StepTime } from "../simulation/replica.ts";
import type { ServiceModel } from "./service-model.ts";

/** Sampling and bookkeeping of a draft, as a share of a step; a draft layer is one more layer (capacity/speculation.ts). */
const DRAFT_BOOKKEEPING = 0.02;

/**
 * The same replica with drafts that each step verifies: it computes `draftTokens` more tokens a sequence, reads the cache
 * once, and gains `acceptedTokens`. Weights of the draft are not counted: one layer of all.
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
  return { ...model, replica: { ...model.replica, stepTime, tokensPerStep: acceptedTokens } };
}
