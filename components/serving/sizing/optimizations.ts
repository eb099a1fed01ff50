import type { Draft } from "../../catalog/catalog.ts";
import type { Parallel } from "../capacity/parallel.ts";
import type { Speculation } from "../capacity/speculation.ts";
import type { Interval } from "../capacity-plan.ts";
import { trafficOf } from "../question.ts";
import { steadyState } from "../queueing/steady-state.ts";
import type { ServiceModel } from "./service-model.ts";
import {
  type Candidate,
  type Feasible,
  type Layout,
  type Optimization,
  type Refusal,
  SIZED_FORMATS,
  type SizedFormat,
  type StepGain,
} from "./sizing-types.ts";
import { modelFor, type Sought, type Verdict } from "./sought.ts";
import { speculated } from "./speculated.ts";
import { stepGain } from "./step-gain.ts";
import { usdPerMillionTokens } from "./token-costs.ts";
import { tokensPerGpu, wholeWay } from "./way.ts";

export interface Verdicts {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
}

interface Answer {
  readonly id: string;
  readonly format: SizedFormat;
  readonly layout: Layout;
  readonly feasible: Feasible;
}

/**
 * What each optimization buys here: the formats from the widest on, each on the layout that gives most tokens a GPU, and
 * on the best of them what the prefix cache gives, speculation, and prompts on copies of their own.
 */
export function optimizationsOf(sought: Sought, verdicts: readonly Verdicts[]): readonly Optimization[] {
  const wholes = answersOf(verdicts, "together");
  const formats = SIZED_FORMATS.map((format) => ({
    format,
    best: best(wholes.filter((each) => each.format === format)),
  }));
  const first = formats.find((each) => each.best !== null)?.best ?? null;
  const rows = formats.map(({ format, best: own }): Optimization => {
    if (own === null || first === null)
      return { id: format, outcome: { kind: "refused", why: whyNone(format, verdicts) } };
    const gained = gives(sought, own.id, own.feasible.tokensPerSPerGpu, first.feasible.tokensPerSPerGpu, null);
    return { id: format, outcome: { ...gained, step: stepOf(sought, own) } };
  });
  const top = best(wholes);
  return top === null
    ? rows
    : [...rows, prefixCache(sought, top), speculation(sought, top), split(sought, top, verdicts)];
}

const answersOf = (verdicts: readonly Verdicts[], kind: Layout["kind"]): readonly Answer[] =>
  verdicts.flatMap(({ candidate: { id, format, layout, copiesTimes }, verdict }) =>
    verdict.kind === "feasible" && layout.kind === kind && copiesTimes === 1
      ? [{ id, format, layout, feasible: verdict.feasible }]
      : [],
  );

/** Most tokens a GPU for sure; among equals the first by name. */
function best(answers: readonly Answer[]): Answer | null {
  const low = ({ feasible }: Answer) => feasible.tokensPerSPerGpu.low;
  const [first] = [...answers].sort((left, right) => low(right) - low(left) || (left.id < right.id ? -1 : 1));
  return first ?? null;
}

function stepOf(sought: Sought, { format, layout, feasible }: Answer): StepGain | null {
  const parallel = parallelOf(layout);
  const model = modelFor(sought, format, parallel);
  if ("refused" in model) return null;
  const { inputTokens, outputTokens } = sought.demand;
  const requestsPerS = (feasible.tokensPerSPerGpu.value * model.gpus) / model.ranks / outputTokens;
  const state = steadyState(model.replica, { requestsPerS, inputTokens, outputTokens });
  return stepGain(sought, format, parallel, state.kind === "steady" ? state.sequences : feasible.sequences);
}

const parallelOf = (layout: Layout): Parallel => (layout.kind === "together" ? layout.parallel : layout.decode);

function gives(
  { perGpuHour }: Sought,
  on: string,
  tokensPerSPerGpu: Interval,
  over: Interval,
  remark: string | null,
): Extract<Optimization["outcome"], { kind: "gives" }> {
  const usd = usdPerMillionTokens(tokensPerSPerGpu, 1, perGpuHour)?.value ?? null;
  const times = tokensPerSPerGpu.value / over.value;
  return { kind: "gives", on, tokensPerSPerGpu, usdPerMillionTokens: usd, times, step: null, remark };
}

/** How far each reason is from an answer: the last is what would have to change first. */
const NEAREST: readonly Refusal["kind"][] = ["pool", "objective", "memory", "format"];

/** Of the reasons of a format's layouts, the nearest to an answer. */
function whyNone(format: SizedFormat | null, verdicts: readonly Verdicts[], kind: Layout["kind"] = "together"): string {
  const reasons = verdicts.flatMap(({ candidate, verdict }) =>
    (format === null || candidate.format === format) && candidate.layout.kind === kind && verdict.kind === "refused"
      ? [{ id: candidate.id, ...verdict.refusal }]
      : [],
  );
  const [nearest] = [...reasons].sort(
    (left, right) => NEAREST.indexOf(left.kind) - NEAREST.indexOf(right.kind) || (left.id < right.id ? -1 : 1),
  );
  if (nearest === undefined) return "no layout of the model divides evenly here";
  if (nearest.kind === "format") return nearest.why;
  return `${nearest.id}: ${nearest.kind === "pool" ? `${nearest.gpus} GPUs are more than the pool has to give` : nearest.why}`;
}

/** The same replica with the hits of the blueprint, and with none. */
function prefixCache(sought: Sought, { id, format, layout, feasible }: Answer): Optimization {
  const { prefixHitRate } = sought.demand;
  const rate = feasible.tokensPerSPerGpu;
  if (prefixHitRate === 0) {
    const remark = "no prompt token is found: traffic.prefixHitRate is 0 %";
    return { id: "prefix-cache", outcome: gives(sought, id, rate, rate, remark) };
  }
  const without = modelFor({ ...sought, demand: { ...sought.demand, prefixHitRate: 0 } }, format, parallelOf(layout));
  if ("refused" in without) return { id: "prefix-cache", outcome: { kind: "refused", why: without.refused } };
  const remark = `${Number((prefixHitRate * 100).toPrecision(3))} % of prompt tokens are found`;
  return { id: "prefix-cache", outcome: gives(sought, id, rate, within(sought, parallelOf(layout), without), remark) };
}

const within = (sought: Sought, parallel: Parallel, model: ServiceModel): Interval =>
  tokensPerGpu(wholeWay(parallel, model, trafficOf(sought), sought.objective), sought.demand.outputTokens);

/** Drafts that are tried: further ones are accepted ever more rarely. */
const MOST_DRAFTS = 3;

interface MeasuredDraft extends Pick<Draft, "name" | "measuredOn"> {
  readonly lengths: readonly Speculation[];
}

/** What the endpoint states of its own traffic, else what is published of the model. */
function draftOf({ speculation, catalog, model }: Sought): MeasuredDraft | undefined {
  if (speculation !== null)
    return { name: "its draft", measuredOn: "what the blueprint states", lengths: [speculation] };
  const draft = catalog.drafts.get(model);
  const lengths = draft?.acceptedTokens
    .slice(0, MOST_DRAFTS)
    .map((acceptedTokens, index) => ({ draftTokens: index + 1, acceptedTokens }));
  return draft === undefined || lengths === undefined ? undefined : { ...draft, lengths };
}

/** By acceptance lengths as they were measured for the model, the draft that gives most; without them nothing is known. */
function speculation(sought: Sought, { id, format, layout, feasible }: Answer): Optimization {
  const draft = draftOf(sought);
  if (draft === undefined) {
    return {
      id: "speculation",
      outcome: { kind: "refused", why: "no acceptance length of a draft is measured for the model" },
    };
  }
  const model = modelFor(sought, format, parallelOf(layout));
  if ("refused" in model) return { id: "speculation", outcome: { kind: "refused", why: model.refused } };
  const { layers } = sought.architecture;
  const tried = draft.lengths.map(({ draftTokens, acceptedTokens }) => {
    return {
      draftTokens,
      acceptedTokens,
      rate: within(sought, parallelOf(layout), speculated(model, layers, { draftTokens, acceptedTokens })),
    };
  });
  const [most] = [...tried].sort((left, right) => right.rate.value - left.rate.value);
  if (most === undefined) return { id: "speculation", outcome: { kind: "refused", why: `${draft.name}: no length` } };
  const remark = `${draft.name}, ${most.draftTokens} drafted: ${most.acceptedTokens} tokens a step, measured on ${draft.measuredOn}`;
  return { id: "speculation", outcome: gives(sought, id, most.rate, feasible.tokensPerSPerGpu, remark) };
}

function split(sought: Sought, top: Answer, verdicts: readonly Verdicts[]): Optimization {
  const own = best(answersOf(verdicts, "split"));
  if (own === null)
    return { id: "disaggregation", outcome: { kind: "refused", why: whyNone(null, verdicts, "split") } };
  const copies = own.feasible.fleets.map(({ role, needed }) => `${needed} ${role}`).join(", ");
  const { tokensPerSPerGpu } = own.feasible;
  return {
    id: "disaggregation",
    outcome: gives(sought, own.id, tokensPerSPerGpu, top.feasible.tokensPerSPerGpu, copies),
  };
}
