import { type MicroUsd, microUsd } from "../../quantity.ts";
import { blendedPrice } from "../capacity/endpoint-metrics.ts";
import type { Interval, PredictedCapacity, TokenCosts } from "../capacity-plan.ts";

/** Cost of the GPUs over the tokens that they give, in whole micro-dollars a million, rounded up. */
export function usdPerMillionTokens(
  { low, value, high }: Interval,
  gpus: number,
  perGpuHour: MicroUsd | null,
): PredictedCapacity["usdPerMillionTokens"] {
  if (perGpuHour === null || !(low > 0)) return null;
  const perHour = Number(perGpuHour) * gpus;
  const at = (tokensPerS: number): MicroUsd => perMillion(perHour, tokensPerS);
  return { low: at(high), value: at(value), high: at(low) };
}

/** What a replica takes in and gives, and the share of its time that prompts take. */
interface Yield {
  readonly gpus: number;
  readonly inputTokensPerS: number;
  readonly outputTokensPerS: number;
  readonly promptShare: number;
}

/** Input and output apart, each bearing the engine time that it takes; null where a GPU has no price or nothing is carried. */
export function tokenCosts(
  { gpus, inputTokensPerS, outputTokensPerS, promptShare }: Yield,
  perGpuHour: MicroUsd | null,
): TokenCosts | null {
  if (perGpuHour === null || !(outputTokensPerS > 0)) return null;
  const perHour = Number(perGpuHour) * gpus;
  const input = perMillion(perHour * promptShare, inputTokensPerS);
  const output = perMillion(perHour * (1 - promptShare), outputTokensPerS);
  return { input, output, blended: blendedPrice(input, output) };
}

const perMillion = (microUsdPerHour: number, tokensPerS: number): MicroUsd =>
  microUsd(BigInt(Math.ceil((microUsdPerHour * 1e6) / (3_600 * tokensPerS))));
