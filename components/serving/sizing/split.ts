import { gpusOf, type Parallel } from "../capacity/parallel.ts";
import type { Interval, ObjectivePlan } from "../capacity-plan.ts";
import { trafficOf } from "../question.ts";
import type { Traffic } from "../traffic/arrivals.ts";
import { copiesFor, fleetOf, lackOf, worth } from "./fleet.ts";
import { missed } from "./missed.ts";
import { carried, operate } from "./operation.ts";
import type { ServiceModel } from "./service-model.ts";
import type { Layout, SizedFormat } from "./sizing-types.ts";
import { once, refused, type Served, type Sought, type Verdict } from "./sought.ts";

/** What is left of a rate when prompts and answers run apart (ai-dynamo/aiconfigurator@095f58a: 0.90 and 0.92). */
const LEFT = { prefill: 0.9, decode: 0.92 };
/** Share of the time to the first token that prompts may take, after the transfer; the rest is the wait to be decoded. */
const PREFILL_SHARE = 0.75;
/** Of a GPU's limit in full prefill steps (GEMMs of 2,048 rows and more: 0.86 to 0.99 by ai-dynamo/aiconfigurator@095f58a). */
const PREFILL_POWER = 0.97;

type Split = Extract<Layout, { kind: "split" }>;

/** A part of a split: its replica, and requests a second that one carries within its share of the objective. */
interface Part {
  readonly model: ServiceModel;
  readonly rate: Interval;
  readonly lacking: string | null;
}

/**
 * Prompts on copies of their own, whose cache goes over the network to those that answer. Each part is simulated by itself:
 * prompts with answers of one token, answers with prompts found in the cache but for their last token. The time to the
 * first token is that of the prompt, of the longest common transfer, and of the wait to be decoded. Both parts are added at
 * the same percentile, as if the same requests were slow in both: more than the percentile of the sum where they are not.
 */
export function judgeSplit(
  sought: Sought,
  modelOf: (format: SizedFormat, parallel: Parallel) => Served,
): (format: SizedFormat, layout: Split, copiesTimes: number) => Verdict {
  const shares = sharesOf(sought);
  const part =
    (traffic: Traffic, prefixHitRate: number | null) => (objectiveOf: (transferS: number) => ObjectivePlan) =>
      once((format, parallel): Part | string => {
        const served = modelOf(format, parallel);
        if ("refused" in served) return served.refused;
        const objective = objectiveOf(shares.transferS(served));
        const replica = prefixHitRate === null ? served.replica : { ...served.replica, prefixHitRate };
        const model = { ...served, replica };
        const rate = carried(model, traffic, objective);
        return { model, rate, lacking: rate.low > 0 ? null : missed(model, traffic, objective) };
      });
  const prefill = part(shares.prompts, null)(shares.prefillObjective);
  const decode = part(trafficOf(sought), 1)(shares.decodeObjective);
  return (format, layout, copiesTimes) => {
    const [first, second] = [prefill(format, layout.prefill), decode(format, layout.decode)];
    if (typeof first === "string") return refused("memory", `prompts: ${first}`);
    if (typeof second === "string") return refused("memory", `answers: ${second}`);
    if (first.lacking !== null) return refused("objective", `prompts: ${first.lacking}`);
    if (second.lacking !== null) return refused("objective", `answers: ${second.lacking}`);
    return joined(sought, layout, copiesTimes, first, second, shares);
  };
}

/** What of the objective, and of the requests, each part bears. */
function sharesOf(sought: Sought) {
  const { objective, gpu, profile } = sought;
  const traffic = trafficOf(sought);
  /** The cache of a long prompt, each GPU sending its share over its own port. */
  const transferS = (model: ServiceModel): number =>
    (profile.input.p99 * model.keyValueBytesPerToken) / gpu.scaleOutBytesPerSecond;
  const left = (transfer: number) => objective.timeToFirstTokenS - transfer;
  return {
    transferS,
    prompts: { ...traffic, output: { kind: "fixed", tokens: 1 } } as Traffic,
    prefillObjective: (transfer: number): ObjectivePlan => ({
      timeToFirstTokenS: PREFILL_SHARE * left(transfer),
      interTokenS: objective.interTokenS,
    }),
    decodeObjective: (transfer: number): ObjectivePlan => ({
      timeToFirstTokenS: (1 - PREFILL_SHARE) * left(transfer),
      interTokenS: objective.interTokenS,
    }),
  };
}

function joined(
  sought: Sought,
  { prefill, decode }: Split,
  copiesTimes: number,
  prompts: Part,
  answers: Part,
  { prompts: promptTraffic, transferS }: ReturnType<typeof sharesOf>,
): Verdict {
  const fleets = [
    fleetOf(sought, "prefill", prefill, copiesTimes * copiesFor(sought, prompts.rate.low * LEFT.prefill)),
    fleetOf(sought, "decode", decode, copiesTimes * copiesFor(sought, answers.rate.low * LEFT.decode)),
  ] as const;
  const lack = lackOf(sought, fleets);
  if (lack !== null) return lack;
  const [first, second] = [
    operate(prompts.model, promptTraffic, fleets[0].copies),
    operate(answers.model, trafficOf(sought), fleets[1].copies),
  ];
  if (first === null || second === null) return refused("objective", "requests pile up");
  const transfer = transferS(prompts.model);
  return {
    kind: "feasible",
    feasible: {
      ...worth(sought, [
        { fleet: fleets[0], wattsPerGpu: PREFILL_POWER * sought.gpu.tdpWatts },
        { fleet: fleets[1], wattsPerGpu: answers.model.wattsPerGpu(Math.max(1, second.sequences)) },
      ]),
      timeToFirstTokenS: added(first.timeToFirstTokenS, second.timeToFirstTokenS, transfer),
      interTokenS: second.interTokenS,
      sequences: second.sequences,
      tokensPerSPerGpu: perGpu(sought.demand.outputTokens, prompts, prefill, answers, decode),
      basis: answers.model.basis,
      blueprint: null,
    },
  };
}

const added = (one: Interval, other: Interval, fixed: number): Interval => ({
  low: one.low + other.low + fixed,
  value: one.value + other.value + fixed,
  high: one.high + other.high + fixed,
});

/** GPUs that a request a second takes in both parts, turned over. */
function perGpu(outputTokens: number, prompts: Part, prefill: Parallel, answers: Part, decode: Parallel): Interval {
  const at = (end: keyof Interval): number =>
    outputTokens /
    (gpusOf(prefill) / (prompts.rate[end] * LEFT.prefill) + gpusOf(decode) / (answers.rate[end] * LEFT.decode));
  return { low: at("low"), value: at("value"), high: at("high") };
}
