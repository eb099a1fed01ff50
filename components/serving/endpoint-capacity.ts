import type { Catalog, TrafficProfile } from "../catalog/catalog.ts";
import { byName } from "../catalog/names.ts";
import type { CostPlan, PoolPlan } from "../plan-types.ts";
import type { MicroUsd, Ratio } from "../quantity.ts";
import { endpointMetrics } from "./capacity/endpoint-metrics.ts";
import type { EngineId } from "./capacity/engine.ts";
import { tensorParallel } from "./capacity/parallel.ts";
import { precisionOf } from "./capacity/precision.ts";
import type { CapacityOutcome, CapacityPlan, DemandPlan, ObjectivePlan, TokenCosts } from "./capacity-plan.ts";
import { type FailingUnit, failingUnit, replicasOf } from "./failing-unit.ts";
import { promptS } from "./queueing/steady-state.ts";
import type { Endpoint, Serving } from "./schema.ts";
import { contradiction } from "./sizing/contradiction.ts";
import { energyOf } from "./sizing/energy.ts";
import { kept, knownOf } from "./sizing/known.ts";
import { carried, operate } from "./sizing/operation.ts";
import { type Configuration, isRefusal, pointOf, type ServiceModel, serviceModel } from "./sizing/service-model.ts";
import { tokenCosts, usdPerMillionTokens } from "./sizing/token-costs.ts";
import type { Traffic } from "./traffic/arrivals.ts";

/** What the figures of an endpoint are worth money and power: the site's. */
interface Economics {
  readonly pue: Ratio | null;
  readonly perGpuHour: CostPlan["perGpuHour"];
}

/** The engine that endpoints are built with. */
const ENGINE: EngineId = "vllm";

/** What each endpoint can carry at its traffic within its objective, on the GPUs that the blueprint gives it. */
export function planCapacities(
  serving: Serving,
  pools: readonly PoolPlan[],
  catalog: Catalog,
  economics: Economics,
): readonly CapacityPlan[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  return serving.endpoints.map((endpoint, index) => {
    const at = `serving.endpoints[${index}]`;
    return {
      endpoint: endpoint.id,
      at,
      outcome: outcomeOf(endpoint, poolOf.get(endpoint.pool), catalog, economics, at),
    };
  });
}

/** Everything that a prediction needs, or the paths of what is missing. */
interface Question {
  readonly configuration: Configuration;
  readonly unit: FailingUnit;
  readonly pool: PoolPlan;
  readonly profile: TrafficProfile;
  readonly demand: DemandPlan;
  readonly objective: ObjectivePlan;
}

function outcomeOf(
  endpoint: Endpoint,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  economics: Economics,
  at: string,
): CapacityOutcome {
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked) return { kind: "unknown", missing: asked.missing };
  const { knowledge, predict } = knownOf(catalog, asked.configuration);
  const model = serviceModel(asked.configuration, asked.demand, knowledge, predict);
  if (isRefusal(model)) return { kind: "refused", why: model.refused };
  const longest = asked.profile.input.max + asked.profile.output.max;
  const { maxContext } = asked.configuration.architecture;
  if (longest > maxContext) {
    return {
      kind: "refused",
      why: `requests of up to ${longest} tokens, and the model's context ends at ${maxContext}`,
    };
  }
  return predicted(endpoint, asked, model, catalog, economics);
}

function predicted(
  endpoint: Endpoint,
  { configuration, unit, pool, profile, demand, objective }: Question,
  model: ServiceModel,
  catalog: Catalog,
  economics: Economics,
): CapacityOutcome {
  const { replicas } = endpoint;
  const { knowledge, predict } = knownOf(catalog, configuration);
  const survivors = Math.max(0, replicas - replicasOf(unit, endpoint));
  const { atPeak, unitLost, perReplica } = runs(
    { configuration, profile, demand, objective },
    model,
    { replicas, survivors },
    catalog,
  );
  const slowedBy = capBelow(pool, model.wattsPerGpu(Math.max(1, atPeak?.sequences ?? 1)));
  if (slowedBy !== null) return { kind: "unknown", missing: [slowedBy] };
  const outputTokensPerS = scaled(perReplica, replicas * demand.outputTokens);
  const gpus = model.gpus * replicas;
  return {
    kind: "predicted",
    basis: model.basis,
    memory: {
      weightsBytesPerGpu: Math.round(model.weightsBytesPerGpu),
      keyValueBytesPerGpu: Math.round(model.keyValueBytesPerGpu),
      keyValueTokens: model.replica.keyValueTokens,
      longestRequestTokens: profile.input.max + profile.output.max,
      established: model.established,
    },
    demand,
    objective,
    atPeak,
    unitLost: { unit: unit.kind, replicas: survivors, operation: unitLost },
    outputTokensPerS,
    energy: energyOf(model, atPeak, outputTokensPerS, {
      gpus,
      pool,
      tdpWatts: configuration.gpu.tdpWatts,
      pue: economics.pue,
    }),
    usdPerMillionTokens: usdPerMillionTokens(outputTokensPerS, gpus, economics.perGpuHour),
    comparison:
      atPeak === null
        ? null
        : {
            metrics: endpointMetrics(
              predict,
              pointOf(configuration, demand, Math.max(1, Math.round(atPeak.sequences))),
            ),
            tokenCosts: costsOf(model, demand, atPeak.sequences, perReplica.value, economics.perGpuHour),
          },
    contradiction:
      atPeak === null ? null : contradiction(configuration, demand, atPeak.sequences, objective.interTokenS, knowledge),
  };
}

/** A cap under what the GPUs would draw slows them, by how much is not known: the path of that cap. */
const capBelow = ({ cap }: PoolPlan, drawnWatts: number): string | null =>
  cap?.enforced != null && cap.enforced < drawnWatts ? `${cap.at}.perGpu` : null;

/** At the load that a replica carries within the objective. */
function costsOf(
  { replica, gpus }: ServiceModel,
  { inputTokens, outputTokens }: DemandPlan,
  sequences: number,
  requestsPerS: number,
  perGpuHour: MicroUsd | null,
): TokenCosts | null {
  const prompt = promptS(replica, inputTokens, sequences, inputTokens + outputTokens / 2);
  return tokenCosts(
    {
      gpus,
      inputTokensPerS: requestsPerS * inputTokens,
      outputTokensPerS: requestsPerS * outputTokens,
      promptShare: Math.min(1, requestsPerS * prompt),
    },
    perGpuHour,
  );
}

/** What is simulated; the same question is answered once. */
function runs(
  asked: Pick<Question, "configuration" | "profile" | "demand" | "objective">,
  model: ServiceModel,
  fleet: { readonly replicas: number; readonly survivors: number },
  catalog: Catalog,
) {
  const { configuration, demand, objective } = asked;
  const { model: id, gpu, precision, parallel, engine } = configuration;
  const question = JSON.stringify([id, gpu.id, precision, parallel, engine, demand, objective, fleet]);
  return kept(catalog, question, () => {
    const traffic = trafficOf(demand, asked.profile);
    return {
      atPeak: operate(model, traffic, fleet.replicas),
      unitLost: fleet.survivors === 0 ? null : operate(model, traffic, fleet.survivors),
      perReplica: carried(model, traffic, objective),
    };
  });
}

const scaled = ({ low, value, high }: { low: number; value: number; high: number }, by: number) => ({
  low: low * by,
  value: value * by,
  high: high * by,
});

const trafficOf = ({ peakRequestsPerS, burstiness }: DemandPlan, { input, output }: TrafficProfile): Traffic => ({
  requestsPerS: peakRequestsPerS,
  burstiness,
  input: { kind: "quantiles", ...input },
  output: { kind: "quantiles", ...output },
});

function questionOf(
  endpoint: Endpoint,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  at: string,
): Question | { readonly missing: readonly string[] } {
  const found = pool === undefined ? { missing: [`${at}.pool`] } : failingUnit(pool, catalog);
  const unit = "missing" in found ? null : found;
  const architecture = catalog.models.get(endpoint.model)?.architecture.value ?? null;
  const gpu = unit === null ? undefined : byName(catalog.gpus, unit.gpu);
  const precision = architecture === null ? null : precisionOf(architecture, endpoint.precision);
  const stated = statedOf(endpoint, catalog, at);
  const missing = [
    ...(architecture === null ? [`catalog:models/${endpoint.model}/architecture`] : []),
    ...("missing" in found ? found.missing : []),
    ...(unit !== null && gpu === undefined ? [`catalog:gpus/${unit.gpu}`] : []),
    ...(precision === null ? [`${at}.precision`] : []),
    ...("missing" in stated ? stated.missing : []),
  ];
  if (missing.length > 0 || "missing" in stated || architecture === null || !gpu) return { missing };
  if (precision === null || !unit || !pool) return { missing };
  const parallel = tensorParallel(endpoint.gpusPerNode, endpoint.nodesPerReplica);
  const configuration = { model: endpoint.model, architecture, gpu, precision, parallel, engine: ENGINE };
  return { configuration, unit, pool, ...stated };
}

function statedOf(
  { traffic, objective }: Endpoint,
  catalog: Catalog,
  at: string,
): Pick<Question, "profile" | "demand" | "objective"> | { readonly missing: readonly string[] } {
  const profile = catalog.traffic.get(traffic?.profile ?? "");
  const figures = {
    "traffic.peak": traffic?.peak.value ?? null,
    "traffic.prefixHitRate": traffic?.prefixHitRate.value ?? null,
    "objective.timeToFirstToken": objective?.timeToFirstToken.value ?? null,
    "objective.interToken": objective?.interToken.value ?? null,
  };
  const [peak, prefixHitRate, timeToFirstTokenS, interTokenS] = Object.values(figures);
  const burstiness = profile?.burstiness ?? null;
  const missing = [
    ...(traffic === undefined ? [`${at}.traffic`] : []),
    ...(objective === undefined ? [`${at}.objective`] : []),
    ...Object.entries(figures)
      .filter(([path, value]) => value === null && (path.startsWith("traffic") ? traffic : objective) !== undefined)
      .map(([path]) => `${at}.${path}`),
    ...(profile !== undefined && burstiness === null ? [`catalog:traffic/${profile.id}/burstiness`] : []),
  ];
  if (peak == null || prefixHitRate == null || timeToFirstTokenS == null || interTokenS == null) return { missing };
  if (profile === undefined || burstiness === null) return { missing };
  return {
    profile,
    demand: {
      profile: profile.id,
      source: profile.source,
      peakRequestsPerS: peak,
      inputTokens: profile.input.mean,
      outputTokens: profile.output.mean,
      prefixHitRate,
      burstiness,
    },
    objective: { timeToFirstTokenS, interTokenS },
  };
}
