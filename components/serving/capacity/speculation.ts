import type { Constants } from "./constant-table.ts";
import type { Deployment } from "./deployment.ts";
import { type StepWork, stepSeconds } from "./step.ts";

/** Drafts proposed per step, and tokens that a verified step yields on average: 1 … drafts + 1. */
export interface Speculation {
  readonly draftTokens: number;
  readonly acceptedTokens: number;
}

/** A draft layer is one more layer, and a small share of the step for sampling and bookkeeping. */
const DRAFT_BOOKKEEPING = 0.02;

/**
 * Seconds per output token of one sequence: a step verifies all drafts at once, reads the cache once, and yields
 * `acceptedTokens`. Without drafts it is the plain step. Pipeline stages each take their share of the sequences.
 */
export function decodeSeconds(
  constants: Constants,
  deployment: Deployment,
  work: StepWork,
  speculation: Speculation | null,
): number {
  const plain = stepSeconds(constants, deployment, work);
  if (speculation === null || speculation.draftTokens === 0) return plain;
  const { draftTokens, acceptedTokens } = speculation;
  const verify = stepSeconds(constants, deployment, { ...work, prefillTokens: work.decodeSequences * draftTokens });
  const drafts = draftTokens * plain * (1 / deployment.layers + DRAFT_BOOKKEEPING);
  return (verify + drafts) / acceptedTokens;
}

/** Mean accepted length where each draft is accepted with the same probability: (1 − αᵏ⁺¹)/(1 − α). */
export function geometricAcceptance(acceptance: number, draftTokens: number): number {
  let accepted = 1;
  for (let power = 1, draft = 0; draft < draftTokens; draft += 1) {
    power *= acceptance;
    accepted += power;
  }
  return accepted;
}
