import type { Gpu } from "../../catalog/gpu.ts";
import type { Parallel } from "../capacity/parallel.ts";
import type { Interval, ObjectivePlan, OperationPlan } from "../capacity-plan.ts";
import { type Question, trafficOf } from "../question.ts";
import { missed } from "./missed.ts";
import { carried, operate, slowest } from "./operation.ts";
import type { ServiceModel } from "./service-model.ts";
import { drawOf, type Part, perCopyOf, scaled, type Way } from "./way.ts";

/** What is left of a rate when prompts and answers run apart (ai-dynamo/aiconfigurator@095f58a: 0.90 and 0.92). */
const LEFT = { prefill: 0.9, decode: 0.92 };
/** Share of the time to the first token that prompts may take, after the transfer; the rest is the wait to be decoded. */
const PREFILL_SHARE = 0.75;
/** Of a GPU's limit in full prefill steps (GEMMs of 2,048 rows and more: 0.86 to 0.99 by ai-dynamo/aiconfigurator@095f58a). */
const PREFILL_POWER = 0.97;

type Asked = Pick<Question, "demand" | "profile" | "objective" | "gpu">;

/**
 * Prompts on copies of their own, whose cache goes over the network to those that answer. Each part is simulated by itself:
 * prompts with answers of one token, answers with prompts found in the cache but for their last token. The time to the
 * first token is that of the prompt, of the longest common transfer, and of the wait to be decoded. Both parts are added at
 * the same percentile, as if the same requests were slow in both: more than the percentile of the sum where they are not.
 */
export function splitWay(asked: Asked, prompts: Part, answers: Part): Way {
  const { timeToFirstTokenS, interTokenS } = asked.objective;
  const transfer = transferS(asked, prompts.model);
  const [promptTraffic, traffic] = [trafficOfPrompts(asked), trafficOf(asked)];
  const ranks = (copies: readonly number[], index: number, { model }: Part) => (copies[index] ?? 0) * model.ranks;
  return {
    parts: [prompts, answers],
    basis: answers.model.basis,
    operate: (copies) => {
      const first = operate(prompts.model, promptTraffic, ranks(copies, 0, prompts));
      const second = perCopyOf(operate(answers.model, traffic, ranks(copies, 1, answers)), answers.model);
      return first === null || second === null ? null : joined(first, second, transfer);
    },
    keptForSure: (copies) => {
      const first = slowest(prompts.model, promptTraffic, ranks(copies, 0, prompts))?.timeToFirstToken?.p95;
      const second = slowest(answers.model, traffic, ranks(copies, 1, answers));
      const wait = second?.timeToFirstToken?.p95;
      if (first === undefined || wait === undefined) return false;
      return first + wait + transfer <= timeToFirstTokenS && (second?.interToken?.p95 ?? 0) <= interTokenS;
    },
  };
}

/** Copies that compute prompts: their share of the time to the first token is theirs alone. */
export function promptsPart(asked: Asked, parallel: Parallel, model: ServiceModel): Part {
  const traffic = trafficOfPrompts(asked);
  const objective = shareOf(asked, model, PREFILL_SHARE);
  const perRank = carried(model, traffic, objective);
  return {
    role: "prefill",
    parallel,
    model,
    perCopy: scaled(perRank, LEFT.prefill * model.ranks),
    lacking: perRank.low > 0 ? null : missed(model, traffic, objective),
    wattsPerGpu: () => PREFILL_POWER * asked.gpu.tdpWatts,
  };
}

/** Copies that answer: every prompt is found in the cache that came over. */
export function answersPart(asked: Asked, parallel: Parallel, served: ServiceModel): Part {
  const model = { ...served, replica: { ...served.replica, prefixHitRate: 1 } };
  const traffic = trafficOf(asked);
  const objective = shareOf(asked, model, 1 - PREFILL_SHARE);
  const perRank = carried(model, traffic, objective);
  return {
    role: "decode",
    parallel,
    model,
    perCopy: scaled(perRank, LEFT.decode * model.ranks),
    lacking: perRank.low > 0 ? null : missed(model, traffic, objective),
    wattsPerGpu: drawOf(model),
  };
}

const trafficOfPrompts = (asked: Asked) => ({ ...trafficOf(asked), output: { kind: "fixed", tokens: 1 } as const });

/** The cache of a long prompt, each GPU sending its share over its own port. */
const transferS = ({ profile, gpu }: { profile: Asked["profile"]; gpu: Gpu }, model: ServiceModel): number =>
  (profile.input.p99 * model.keyValueBytesPerToken) / gpu.scaleOutBytesPerSecond;

const shareOf = (asked: Asked, model: ServiceModel, share: number): ObjectivePlan => ({
  timeToFirstTokenS: share * (asked.objective.timeToFirstTokenS - transferS(asked, model)),
  interTokenS: asked.objective.interTokenS,
});

const joined = (prompts: OperationPlan, answers: OperationPlan, transfer: number): OperationPlan => ({
  ...answers,
  timeToFirstTokenS: added(prompts.timeToFirstTokenS, answers.timeToFirstTokenS, transfer),
  medianTimeToFirstTokenS: prompts.medianTimeToFirstTokenS + answers.medianTimeToFirstTokenS + transfer,
});

const added = (one: Interval, other: Interval, fixed: number): Interval => ({
  low: one.low + other.low + fixed,
  value: one.value + other.value + fixed,
  high: one.high + other.high + fixed,
});
