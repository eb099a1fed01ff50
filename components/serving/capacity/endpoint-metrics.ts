import type { MicroUsd } from "../../quantity.ts";
import type { Point } from "./point.ts";
import type { Prediction, Predictor } from "./predict.ts";

/** Prompt lengths that endpoints are measured with, and output tokens of an end-to-end time. */
const PROMPTS = [100, 1_000, 10_000, 100_000] as const;
const ANSWER_TOKENS = 500;

/** An endpoint as Artificial Analysis measures it (methodology page, as of 2026-11), for one prompt length. */
export interface EndpointMetrics {
  readonly promptTokens: number;
  /** Tokens a second of one user after the first chunk, at the operating batch. */
  readonly outputTokensPerSecond: number;
  readonly ttftSeconds: number;
  /** First token, reasoning and 500 output tokens. */
  readonly endToEndSeconds: number;
}

/** One line a prompt length that the model's context and the cache hold; `reasoningTokens` come before the answer. */
export function endpointMetrics(predict: Predictor, point: Point, reasoningTokens = 0): readonly EndpointMetrics[] {
  return PROMPTS.flatMap((promptTokens) => {
    const requests = { ...point.requests, inputTokens: promptTokens, outputTokens: reasoningTokens + ANSWER_TOKENS };
    const { prediction } = predict({ ...point, requests });
    return prediction === null ? [] : [metrics(promptTokens, prediction, reasoningTokens)];
  });
}

const metrics = (promptTokens: number, { ttftSeconds, tpotSeconds }: Prediction, reasoningTokens: number) => ({
  promptTokens,
  outputTokensPerSecond: 1 / tpotSeconds,
  ttftSeconds,
  endToEndSeconds: ttftSeconds + (reasoningTokens + ANSWER_TOKENS) * tpotSeconds,
});

/** Price of a million tokens at three of input to one of output; rounded down to a whole micro-dollar. */
export const blendedPrice = (input: MicroUsd, output: MicroUsd): MicroUsd => ((3n * input + output) / 4n) as MicroUsd;
