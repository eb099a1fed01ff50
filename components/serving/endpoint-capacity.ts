import type { Catalog } from "../catalog/catalog.ts";
import type { PoolPlan } from "../plan-types.ts";
import type { MicroUsd, Ratio } from "../quantity.ts";
import { endpointMetrics } from "./capacity/endpoint-metrics.ts";
import { precisionOf } from "./capacity/precision.ts";
import type {
  CapacityOutcome,
  CapacityPlan,
  DemandPlan,
  MemoryPlan,
  OperationPlan,
  TokenCosts,
} from "./capacity-plan.ts";
import { configurationOf, endpointWay, wayKey } from "./endpoint-way.ts";
import { replicasOf } from "./failing-unit.ts";
import { longestOf, type Question, questionOf } from "./question.ts";
import { promptS } from "./queueing/steady-state.ts";
import { gpusOfCopy, type RoleCopies } from "./roles.ts";
import type { Endpoint } from "./schema.ts";
import type { SettledEndpoint } from "./settle.ts";
import { contradiction } from "./sizing/contradiction.ts";
import { capBelow, energyOf } from "./sizing/energy.ts";
import { kept, knownOf } from "./sizing/known.ts";
import { pointOf } from "./sizing/service-model.ts";
import { tokenCosts, usdPerMillionTokens } from "./sizing/token-costs.ts";
import { carriedBy, type Part, scaled, type Way } from "./sizing/way.ts";

/** What the figures of an endpoint are worth: the site's power by its meter, money by the pool that it stands on. */
export interface Economics {
  readonly pue: Ratio | null;
  readonly perGpuHour: ReadonlyMap<string, MicroUsd | null>;
}

/** Copies of a role, counted. */
export interface CountedCopies extends Omit<RoleCopies, "replicas"> {
  readonly replicas: number;
}

/** An endpoint as it is to be built: which format, how many copies. */
interface Served {
  readonly endpoint: Endpoint;
  readonly precision: string;
  readonly roles: readonly CountedCopies[];
}

/** What each endpoint can carry at its traffic within its objective, on the GPUs that it has. */
export function planCapacities(
  endpoints: readonly SettledEndpoint[],
  pools: readonly PoolPlan[],
  catalog: Catalog,
  economics: Economics,
): readonly CapacityPlan[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  return endpoints.map((settled, index) => {
    const { endpoint, roles } = settled;
    const at = `serving.endpoints[${index}]`;
    const pool = poolOf.get(endpoint.pool);
    const open = roles.flatMap(({ replicas, at: role }) => (replicas === null ? [`${role}.replicas`] : []));
    const outcome: CapacityOutcome =
      open.length > 0
        ? { kind: "unknown", missing: [...missingOf(endpoint, pool, catalog, at), ...open] }
        : capacityOf({ ...settled, roles: roles as readonly CountedCopies[] }, pool, catalog, economics, at);
    return { endpoint: endpoint.id, at, outcome };
  });
}

function missingOf(endpoint: Endpoint, pool: PoolPlan | undefined, catalog: Catalog, at: string): readonly string[] {
  const asked = questionOf(endpoint, pool, catalog, at);
  return "missing" in asked ? asked.missing : [];
}

/** What one endpoint can carry. */
export function capacityOf(
  { endpoint, precision, roles }: Served,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  economics: Economics,
  at: string,
): CapacityOutcome {
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked) return { kind: "unknown", missing: asked.missing };
  const way = endpointWay(asked, precision, roles, catalog);
  if (way === null) return { kind: "unknown", missing: [`${at}.precision`] };
  return "refused" in way
    ? { kind: "refused", why: way.refused }
    : predicted({ asked, precision, roles, way, catalog, economics });
}

interface Predicting {
  readonly asked: Question;
  readonly precision: string;
  readonly roles: readonly CountedCopies[];
  readonly way: Way;
  readonly catalog: Catalog;
  readonly economics: Economics;
}

function predicted(predicting: Predicting): CapacityOutcome {
  const { asked, roles, way, economics } = predicting;
  const { unit, pool, demand, objective } = asked;
  const copies = roles.map(({ replicas }) => replicas);
  const left = roles.map((role) => ({
    role: role.role,
    replicas: Math.max(0, role.replicas - replicasOf(unit, role)),
  }));
  const { atPeak, unitLost } = runs(
    predicting,
    copies,
    left.map(({ replicas }) => replicas),
  );
  const parts = way.parts.map(({ wattsPerGpu }, index) => ({
    gpus: gpusIn(roles[index]),
    wattsPerGpu: wattsPerGpu(atPeak?.sequences ?? 1),
  }));
  const slowedBy = capBelow(pool, Math.max(...parts.map(({ wattsPerGpu }) => wattsPerGpu)));
  if (slowedBy !== null) return { kind: "unknown", missing: [slowedBy] };
  const outputTokensPerS = scaled(carriedBy(way, copies), demand.outputTokens);
  const gpus = parts.reduce((sum, part) => sum + part.gpus, 0);
  return {
    kind: "predicted",
    basis: way.basis,
    memory: way.parts.map((part) => memoryOf(part, asked)),
    demand,
    objective,
    atPeak,
    unitLost: { unit: unit.kind, left, operation: unitLost },
    outputTokensPerS,
    energy: energyOf(outputTokensPerS, { parts, pool, tdpWatts: asked.gpu.tdpWatts, pue: economics.pue }),
    usdPerMillionTokens: usdPerMillionTokens(outputTokensPerS, gpus, priceOf(predicting)),
    ...besideMeasured(predicting, atPeak),
  };
}

/** What a GPU of the endpoint's pool costs an hour. */
const priceOf = ({ asked, economics }: Predicting): MicroUsd | null => economics.perGpuHour.get(asked.pool.id) ?? null;

const gpusIn = (role: CountedCopies | undefined): number => (role === undefined ? 0 : role.replicas * gpusOfCopy(role));

const memoryOf = ({ role, model }: Part, { profile }: Question): MemoryPlan => ({
  role,
  weightsBytesPerGpu: Math.round(model.weightsBytesPerGpu),
  keyValueBytesPerGpu: Math.round(model.keyValueBytesPerGpu),
  keyValueTokens: model.replica.keyValueTokens,
  longestRequestTokens: longestOf(profile),
  established: model.established,
});

/** What is simulated; the same question is answered once. */
function runs(predicting: Predicting, copies: readonly number[], left: readonly number[]) {
  const { asked, precision, roles, way, catalog } = predicting;
  const question = `${wayKey(asked, precision, roles)} on ${copies}, left ${left}`;
  return kept(catalog, question, () => ({
    atPeak: way.operate(copies),
    unitLost: left.includes(0) ? null : way.operate(left),
  }));
}

/** As endpoints are measured and compared: copies that do everything, at as many sequences as the peak has in flight. */
function besideMeasured(predicting: Predicting, atPeak: OperationPlan | null) {
  const { asked, precision: label, roles, way, catalog } = predicting;
  const [role] = roles;
  const [part] = way.parts;
  const precision = precisionOf(asked.architecture, label);
  if (atPeak === null || part?.role !== "all" || role === undefined || precision === null)
    return { comparison: null, contradiction: null };
  const { demand, objective } = asked;
  const configuration = configurationOf(asked, precision, role);
  const { knowledge, predict } = knownOf(catalog, configuration);
  const { sequences } = atPeak;
  return {
    comparison: {
      metrics: endpointMetrics(predict, {
        ...pointOf(configuration, demand, Math.max(1, Math.round(sequences))),
        speculation: asked.speculation === null ? { kind: "off" } : { kind: "on", ...asked.speculation },
      }),
      tokenCosts: costsOf(part, demand, sequences, priceOf(predicting)),
    },
    // Of measured runs it is not recorded whether they drafted: they do not contradict one that does.
    contradiction:
      asked.speculation === null
        ? contradiction(configuration, demand, sequences, objective.interTokenS, knowledge)
        : null,
  };
}

/** At the load that a copy carries within the objective. */
function costsOf(
  { model: { replica, gpus, ranks }, perCopy }: Part,
  { inputTokens, outputTokens }: DemandPlan,
  sequences: number,
  perGpuHour: MicroUsd | null,
): TokenCosts | null {
  const requestsPerS = perCopy.value;
  const prompt = promptS(replica, inputTokens, sequences / ranks, inputTokens + outputTokens / 2);
  return tokenCosts(
    {
      gpus,
      inputTokensPerS: requestsPerS * inputTokens,
      outputTokensPerS: requestsPerS * outputTokens,
      promptShare: Math.min(1, (requestsPerS / ranks) * prompt),
    },
    perGpuHour,
  );
}
