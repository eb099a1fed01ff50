import type { Catalog } from "../catalog/catalog.ts";
import type { CostPlan, PoolPlan } from "../plan-types.ts";
import type { MicroUsd, Ratio } from "../quantity.ts";
import { endpointMetrics } from "./capacity/endpoint-metrics.ts";
import { tensorParallel } from "./capacity/parallel.ts";
import type { Configuration } from "./capacity/point.ts";
import { precisionOf } from "./capacity/precision.ts";
import type { CapacityOutcome, CapacityPlan, DemandPlan, TokenCosts } from "./capacity-plan.ts";
import { replicasOf } from "./failing-unit.ts";
import { beyondContext, ENGINE, longestOf, type Question, questionOf, trafficOf } from "./question.ts";
import { promptS } from "./queueing/steady-state.ts";
import type { Endpoint } from "./schema.ts";
import { contradiction } from "./sizing/contradiction.ts";
import { energyOf } from "./sizing/energy.ts";
import { kept, knownOf } from "./sizing/known.ts";
import { carried, operate } from "./sizing/operation.ts";
import { isRefusal, pointOf, type ServiceModel, serviceModel } from "./sizing/service-model.ts";
import { tokenCosts, usdPerMillionTokens } from "./sizing/token-costs.ts";

/** What the figures of an endpoint are worth money and power: the site's. */
export interface Economics {
  readonly pue: Ratio | null;
  readonly perGpuHour: CostPlan["perGpuHour"];
}

/** What each endpoint can carry at its traffic within its objective, on the GPUs that the blueprint gives it. */
export function planCapacities(
  endpoints: readonly Endpoint[],
  pools: readonly PoolPlan[],
  catalog: Catalog,
  economics: Economics,
): readonly CapacityPlan[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  return endpoints.map((endpoint, index) => {
    const at = `serving.endpoints[${index}]`;
    return {
      endpoint: endpoint.id,
      at,
      outcome: capacityOf(endpoint, poolOf.get(endpoint.pool), catalog, economics, at),
    };
  });
}

/** What one endpoint can carry. */
export function capacityOf(
  endpoint: Endpoint,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  economics: Economics,
  at: string,
): CapacityOutcome {
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked) return { kind: "unknown", missing: asked.missing };
  const configuration = configurationOf(endpoint, asked);
  if (configuration === null) return { kind: "unknown", missing: [`${at}.precision`] };
  const { knowledge, predict } = knownOf(catalog, configuration);
  const model = serviceModel(configuration, asked.demand, knowledge, predict);
  if (isRefusal(model)) return { kind: "refused", why: model.refused };
  const why = beyondContext(asked);
  return why === null ? predicted(endpoint, asked, configuration, model, catalog, economics) : { kind: "refused", why };
}

/** The endpoint as the blueprint spreads it; null where its format means nothing for the model. */
function configurationOf(
  { precision: label, gpusPerNode, nodesPerReplica }: Endpoint,
  { model, architecture, gpu }: Question,
): Configuration | null {
  const precision = precisionOf(architecture, label);
  const parallel = tensorParallel(gpusPerNode, nodesPerReplica);
  return precision === null ? null : { model, architecture, gpu, precision, parallel, engine: ENGINE };
}

function predicted(
  endpoint: Endpoint,
  { unit, pool, profile, demand, objective }: Question,
  configuration: Configuration,
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
      longestRequestTokens: longestOf(profile),
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
  asked: Pick<Question, "profile" | "demand" | "objective"> & { readonly configuration: Configuration },
  model: ServiceModel,
  fleet: { readonly replicas: number; readonly survivors: number },
  catalog: Catalog,
) {
  const { configuration, demand, objective } = asked;
  const { model: id, gpu, precision, parallel, engine } = configuration;
  const question = JSON.stringify([id, gpu.id, precision, parallel, engine, demand, objective, fleet]);
  return kept(catalog, question, () => {
    const traffic = trafficOf(asked);
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
