import { type Interval, type ObjectivePlan, type OperationPlan, WITHOUT_END_S } from "../capacity-plan.ts";
import { type Demand, steadyState } from "../queueing/steady-state.ts";
import type { Replica } from "../simulation/replica.ts";
import { type Served, simulate } from "../simulation/simulate.ts";
import { type Arrival, drawArrivals, type Traffic } from "../traffic/arrivals.ts";
import { meanLength } from "../traffic/lengths.ts";
import type { ServiceModel } from "./service-model.ts";

/** Replicas simulated together; further ones change little once the router has some to choose from. */
const GROUP = 4;
/** P95 wants 2,000 requests after the warm-up. */
const REQUESTS = 2_400;
const SEED = 20_261_124;

/** The ends of the step time's interval, and its middle: fast, as predicted, slow. */
const ENDS = ({ interval }: ServiceModel) => [interval.low, 1, interval.high] as const;

/**
 * Percentiles of a fleet of equal replicas at a load, by simulation of a few of them; null where they cannot keep up even
 * with the fastest steps. The interval is that of the step time: every step of the simulation as fast, and as slow, as
 * its ends; an end at which requests pile up is without end.
 */
export function operate(model: ServiceModel, traffic: Traffic, replicas: number): OperationPlan | null {
  const group = Math.min(GROUP, replicas);
  const asked = askedOf(partOf(traffic, group / replicas), group);
  const [fast, plain, slow] = ENDS(model).map((factor) => servedBy(slowed(model.replica, factor), asked));
  if (!fast) return null;
  const spread = (figure: (served: Served) => number | undefined): Interval => ({
    low: figure(fast) ?? 0,
    value: plain ? (figure(plain) ?? 0) : WITHOUT_END_S,
    high: slow ? (figure(slow) ?? 0) : WITHOUT_END_S,
  });
  return {
    timeToFirstTokenS: spread(({ timeToFirstToken }) => timeToFirstToken?.p95),
    interTokenS: spread(({ interToken }) => interToken?.p95),
    medianTimeToFirstTokenS: plain?.timeToFirstToken?.p50 ?? WITHOUT_END_S,
    medianInterTokenS: plain?.interToken?.p50 ?? WITHOUT_END_S,
    sequences: (plain ?? fast).meanSequences,
  };
}

/**
 * Requests a second that one of the replicas carries within the objective: high where steps are fast, low where they
 * are slow. By halving between nothing and the rate that has no steady state; 0 where even a trickle is too slow.
 * Steps f times as slow at a rate are the plain ones at f times the rate, every time f times as long: the three ends
 * share their simulations.
 */
export function carried(model: ServiceModel, traffic: Traffic, objective: ObjectivePlan): Interval {
  const { replica } = model;
  const asked = askedOf({ ...traffic, requestsPerS: 1 }, GROUP);
  const rate = (part: number) => (part / PARTS) * beyond;
  const beyond = overload(replica, asked.demand);
  const served = new Map<number, Served | null>();
  const isKept = (part: number, factor: number): boolean => {
    if (!served.has(part)) served.set(part, servedBy(replica, faster(asked, rate(part) * GROUP)));
    return keeps(served.get(part) ?? null, asFast(objective, replica, factor));
  };
  const [high, value, low] = ENDS(model).map((factor) => rate(most((part) => isKept(part, factor))) / factor);
  return { low: low ?? 0, value: value ?? 0, high: high ?? 0 };
}

/** Whether so many replicas keep the objective with steps as slow as the interval's end. */
export function keptForSure(
  model: ServiceModel,
  traffic: Traffic,
  objective: ObjectivePlan,
  replicas: number,
): boolean {
  return keeps(slowest(model, traffic, replicas), objective);
}

/** So many replicas with steps as slow as the interval's end; null where requests pile up. */
export function slowest(model: ServiceModel, traffic: Traffic, replicas: number): Served | null {
  const group = Math.min(GROUP, replicas);
  const asked = askedOf(partOf(traffic, group / replicas), group);
  return servedBy(slowed(model.replica, model.interval.high), asked);
}

/** The same at hardly any load, for why even that is too slow. */
export const hardlyLoaded = (model: ServiceModel, traffic: Traffic): OperationPlan | null => {
  const lengths = { inputTokens: meanLength(traffic.input), outputTokens: meanLength(traffic.output) };
  return operate(model, { ...traffic, requestsPerS: overload(model.replica, lengths) / PARTS }, 1);
};

/** Equal parts of the rate that has no steady state, among which the answer is found. */
const PARTS = 32;

function most(isKept: (part: number) => boolean): number {
  let within = 0;
  for (let width = PARTS / 2; width >= 1; width /= 2) if (isKept(within + width)) within += width;
  return within;
}

/** What plain steps have to keep where slower ones have to keep the objective; the host is as fast as ever. */
const asFast = (
  { timeToFirstTokenS, interTokenS }: ObjectivePlan,
  { requestOverheadS }: Replica,
  factor: number,
): ObjectivePlan => ({
  timeToFirstTokenS: (timeToFirstTokenS - requestOverheadS) / factor + requestOverheadS,
  interTokenS: interTokenS / factor,
});

/** Requests drawn for some replicas: the same ones are asked of faster and slower replicas, and at other rates. */
interface Asked {
  readonly arrivals: readonly Arrival[];
  readonly demand: Demand;
  readonly replicas: number;
}

const askedOf = (traffic: Traffic, replicas: number): Asked => ({
  arrivals: drawArrivals(traffic, REQUESTS, SEED),
  demand: {
    requestsPerS: traffic.requestsPerS,
    inputTokens: meanLength(traffic.input),
    outputTokens: meanLength(traffic.output),
  },
  replicas,
});

/** The same requests, so many times as fast after one another. */
const faster = ({ arrivals, demand, replicas }: Asked, times: number): Asked => ({
  arrivals: arrivals.map((arrival) => ({ ...arrival, atS: arrival.atS / times })),
  demand: { ...demand, requestsPerS: demand.requestsPerS * times },
  replicas,
});

const keeps = (served: Served | null, { timeToFirstTokenS, interTokenS }: ObjectivePlan): boolean =>
  served?.timeToFirstToken != null &&
  served.timeToFirstToken.p95 <= timeToFirstTokenS &&
  (served.interToken?.p95 ?? 0) <= interTokenS;

/** The least rate without a steady state, to a hundredth: by doubling, then by halving. */
function overload(replica: Replica, lengths: Omit<Demand, "requestsPerS">): number {
  const isSteady = (requestsPerS: number) => steadyState(replica, { ...lengths, requestsPerS }).kind === "steady";
  let steady = 0;
  let rate = 1 / 1_024;
  while (rate < 1e6 && isSteady(rate)) rate *= 2;
  for (let halving = 0; halving < 7; halving++) {
    const middle = (steady + rate) / 2;
    if (isSteady(middle)) steady = middle;
    else rate = middle;
  }
  return rate;
}

/** Null where requests pile up, or are longer than the cache: the figures would only tell how long was simulated. */
function servedBy(replica: Replica, { arrivals, demand, replicas }: Asked): Served | null {
  if (steadyState(replica, { ...demand, requestsPerS: demand.requestsPerS / replicas }).kind === "overloaded")
    return null;
  const served = simulate(arrivals, replica, replicas);
  return served.refused > 0 ? null : served;
}

/** A share of the requests, drawn at random: gaps of variation c become such of √(1 + share · (c² − 1)). */
const partOf = (traffic: Traffic, share: number): Traffic => ({
  ...traffic,
  requestsPerS: traffic.requestsPerS * share,
  burstiness: Math.sqrt(Math.max(0, 1 + share * (traffic.burstiness ** 2 - 1))),
});

const slowed = (replica: Replica, factor: number): Replica => ({
  ...replica,
  stepTime: (step) => factor * replica.stepTime(step),
  promptPassS: factor * replica.promptPassS,
});
