import type { Catalog } from "../../catalog/catalog.ts";
import type { CostPlan } from "../../plan-types.ts";
import type { Ratio } from "../../quantity.ts";
import type { Parallel } from "../capacity/parallel.ts";
import type { Configuration } from "../capacity/point.ts";
import { beyondContext, ENGINE, longestOf, type Question } from "../question.ts";
import { sizedPrecision } from "./format-support.ts";
import { knownOf } from "./known.ts";
import { isRefusal, type ServiceModel, serviceModel } from "./service-model.ts";
import type { Feasible, Refusal, SizedFormat } from "./sizing-types.ts";

/** The question with what an answer is worth: the price of the pool and the GPUs of it that others leave, and the site's overhead. */
export interface Sought extends Question {
  readonly catalog: Catalog;
  readonly gpusToHave: number;
  readonly pue: Ratio | null;
  readonly perGpuHour: CostPlan["perGpuHour"];
}

/** Of one candidate by itself, not beside the others. */
export type Verdict =
  | { readonly kind: "feasible"; readonly feasible: Feasible }
  | { readonly kind: "refused"; readonly refusal: Exclude<Refusal, { readonly kind: "dominated" | "same" }> };

export const refused = (kind: "format" | "memory" | "objective", why: string): Verdict => ({
  kind: "refused",
  refusal: { kind, why },
});

/** The answer to the same arguments, worked out once: plain data that stands for itself. */
export function once<Asked extends readonly unknown[], T>(answer: (...asked: Asked) => T): (...asked: Asked) => T {
  const known = new Map<string, T>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    if (!known.has(key)) known.set(key, answer(...asked));
    return known.get(key) as T;
  };
}

export type Served = ServiceModel | { readonly refused: string };

/** The replica, or why its memory does not hold the model and its longest request. */
export function modelFor(sought: Sought, format: SizedFormat, parallel: Parallel): Served {
  const { catalog, profile, demand } = sought;
  const context = beyondContext(sought);
  if (context !== null) return { refused: context };
  const configuration = configurationOf(sought, format, parallel);
  const { knowledge, predict } = knownOf(catalog, configuration);
  const served = serviceModel(configuration, demand, knowledge, predict);
  if (isRefusal(served)) return served;
  if (!served.established) return { refused: "less than 10 GiB of KV cache is left: what fits is not established" };
  const longest = longestOf(profile);
  return longest > served.replica.keyValueTokens
    ? { refused: `a request of ${longest} tokens, a cache of ${served.replica.keyValueTokens}` }
    : served;
}

export const configurationOf = (
  { model, architecture, gpu }: Question,
  format: SizedFormat,
  parallel: Parallel,
): Configuration => ({
  model,
  architecture,
  gpu,
  precision: sizedPrecision(format, architecture),
  parallel,
  engine: ENGINE,
});
