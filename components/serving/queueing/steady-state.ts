import type { Replica } from "../simulation/replica.ts";
import { poissonAbove } from "./closed-forms.ts";

/** Requests of one length on one replica: the mean of the traffic that it serves. */
export interface Demand {
  readonly requestsPerS: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Mean values of a replica in a steady state, or what keeps it from one. */
export type SteadyState =
  | {
      readonly kind: "steady";
      /** Sequences that decode at once. */
      readonly sequences: number;
      readonly interTokenS: number;
      readonly timeToFirstTokenS: number;
      /** Probability that more sequences are present than may run. */
      readonly full: number;
    }
  | { readonly kind: "overloaded"; readonly why: "prompts" | "sequences" };

const ROUNDS = 500;
const CLOSE = 1e-9;

/**
 * Processor-sharing fixed point of continuous batching, for a first screen in microseconds: N = λ·(P + osl·t),
 * t = D(N) / (1 − λ·P), wait = λ·P² / 2(1 − λ·P), with P the time that a prompt adds to a step and D(N) a step of N
 * sequences. The number present is taken as Poisson. Means only: percentiles come from the simulation.
 */
export function steadyState(replica: Replica, { requestsPerS, inputTokens, outputTokens }: Demand): SteadyState {
  const context = inputTokens + outputTokens / 2;
  const most = Math.min(replica.maxSequences, Math.floor(replica.keyValueTokens / (inputTokens + outputTokens)));
  const stepOf = (sequences: number) =>
    replica.stepTime({
      prefillTokens: 0,
      prefillPairs: 0,
      decodeSequences: sequences,
      contextTokens: sequences * context,
    });
  let sequences = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const step = stepOf(sequences);
    const prompt = promptS(replica, inputTokens, sequences, context);
    const load = requestsPerS * prompt;
    if (load >= 1) return { kind: "overloaded", why: "prompts" };
    const interTokenS = step / (1 - load) / replica.tokensPerStep;
    const wanted = requestsPerS * (prompt + outputTokens * interTokenS);
    const next = 0.7 * sequences + 0.3 * Math.min(wanted, 2 * most + 1);
    if (Math.abs(next - sequences) < CLOSE * (1 + next)) {
      if (wanted >= most) return { kind: "overloaded", why: "sequences" };
      const wait = (load * prompt) / (2 * (1 - load));
      const pass = replica.promptPassS * inputTokens * (1 - replica.prefixHitRate);
      const timeToFirstTokenS = wait + prompt + pass + step / 2 + replica.requestOverheadS;
      return { kind: "steady", sequences, interTokenS, timeToFirstTokenS, full: poissonAbove(sequences, most) };
    }
    sequences = next;
  }
  return { kind: "overloaded", why: "sequences" };
}

/** Time that one prompt adds to the steps it is computed in, beside so many decoding sequences. */
export function promptS(replica: Replica, input: number, sequences: number, context: number): number {
  const computed = Math.max(1, input * (1 - replica.prefixHitRate));
  const cached = input - computed;
  const decode = { decodeSequences: sequences, contextTokens: sequences * context };
  const steps = Math.max(1, Math.ceil(computed / replica.maxBatchedTokens));
  const chunk = computed / steps;
  const pairs = (input ** 2 - cached ** 2) / 2;
  const withPrompt = replica.stepTime({ ...decode, prefillTokens: chunk, prefillPairs: pairs / steps });
  const without = sequences > 0 ? replica.stepTime({ ...decode, prefillTokens: 0, prefillPairs: 0 }) : 0;
  return steps * Math.max(0, withPrompt - without);
}
