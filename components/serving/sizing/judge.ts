import type { Parallel } from "../capacity/parallel.ts";
import type { Interval } from "../capacity-plan.ts";
import { trafficOf } from "../question.ts";
import { copiesFor, fleetOf, lackOf, worth } from "./fleet.ts";
import { formatRefusal } from "./format-support.ts";
import { missed } from "./missed.ts";
import { carried, keptForSure, operate } from "./operation.ts";
import type { ServiceModel } from "./service-model.ts";
import type { Candidate, Feasible, Fleet } from "./sizing-types.ts";
import { modelFor, once, refused, type Sought, type Verdict } from "./sought.ts";
import { judgeSplit } from "./split.ts";

/** Judges candidates of one question; what several of them share is worked out once. */
export function judge(sought: Sought): (candidate: Candidate) => Verdict {
  const model = once((format, parallel) => modelFor(sought, format, parallel));
  const perCopy = once((format, parallel) => {
    const served = model(format, parallel);
    return "refused" in served ? null : carried(served, trafficOf(sought), sought.objective);
  });
  const split = judgeSplit(sought, model);
  return (candidate) => {
    const { format, layout, copiesTimes } = candidate;
    const why = formatRefusal(format, sought.architecture, sought.gpu);
    if (why !== null) return refused("format", why);
    if (layout.kind === "split") return split(format, layout, copiesTimes);
    const served = model(format, layout.parallel);
    if ("refused" in served) return refused("memory", served.refused);
    const rate = perCopy(format, layout.parallel);
    return together(sought, served, layout.parallel, rate, copiesTimes);
  };
}

function together(
  sought: Sought,
  model: ServiceModel,
  parallel: Parallel,
  rate: Interval | null,
  copiesTimes: number,
): Verdict {
  const traffic = trafficOf(sought);
  if (rate === null || !(rate.low > 0)) return refused("objective", missed(model, traffic, sought.objective));
  const needed = surely(sought, model, rate.low);
  if (needed === null)
    return refused("objective", "not kept for sure by a third more copies than would carry the peak");
  const fleet = fleetOf(sought, "all", parallel, copiesTimes * needed);
  const lack = lackOf(sought, [fleet]);
  if (lack !== null) return lack;
  const operation = operate(model, traffic, fleet.copies * model.ranks);
  if (operation === null) return refused("objective", "requests pile up");
  const wattsPerGpu = model.wattsPerGpu(Math.max(1, operation.sequences));
  return {
    kind: "feasible",
    feasible: {
      ...worth(sought, [{ fleet, wattsPerGpu }]),
      timeToFirstTokenS: operation.timeToFirstTokenS,
      interTokenS: operation.interTokenS,
      sequences: operation.sequences * model.ranks,
      tokensPerSPerGpu: perGpu(rate, model, sought.demand.outputTokens),
      basis: model.basis,
      blueprint: blueprintOf(parallel, fleet),
    },
  };
}

/** Further copies that are tried where chance was kinder to the few that were simulated than to all. */
const MOST_TRIES = 10;

/** Copies that keep the objective at the peak for sure, when a rack or an instance is lost. */
function surely(sought: Sought, model: ServiceModel, rate: number): number | null {
  let copies = copiesFor(sought, rate * model.ranks);
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    if (keptForSure(model, trafficOf(sought), sought.objective, copies * model.ranks)) return copies;
    copies = Math.ceil(copies * 1.03);
  }
  return null;
}

/** What the blueprint has fields for: tensor parallel within a node, pipeline over nodes. */
const blueprintOf = ({ tensor, pipeline, attentionData }: Parallel, { copies }: Fleet): Feasible["blueprint"] =>
  attentionData > 1 ? null : { gpusPerNode: tensor, nodesPerReplica: pipeline, replicas: copies };

export function perGpu({ low, value, high }: Interval, { ranks, gpus }: ServiceModel, outputTokens: number): Interval {
  const by = (ranks * outputTokens) / gpus;
  return { low: low * by, value: value * by, high: high * by };
}
