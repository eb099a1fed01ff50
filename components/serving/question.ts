import type { Architecture } from "../catalog/architecture.ts";
import type { Catalog, TrafficProfile } from "../catalog/catalog.ts";
import type { Gpu } from "../catalog/gpu.ts";
import { byName } from "../catalog/names.ts";
import type { PoolPlan } from "../plan-types.ts";
import type { EngineId } from "./capacity/engine.ts";
import type { Speculation } from "./capacity/speculation.ts";
import type { DemandPlan, ObjectivePlan } from "./capacity-plan.ts";
import { type FailingUnit, failingUnit } from "./failing-unit.ts";
import type { Endpoint } from "./schema.ts";
import type { Traffic } from "./traffic/arrivals.ts";
import { trafficLike } from "./traffic/statistics.ts";

/** The engine that endpoints are built with. */
export const ENGINE: EngineId = "vllm";

/** What an endpoint is asked to do, and where: everything but how it is spread and in which format. */
export interface Question {
  readonly model: string;
  readonly architecture: Architecture;
  readonly gpu: Gpu;
  readonly unit: FailingUnit;
  readonly pool: PoolPlan;
  readonly profile: TrafficProfile;
  readonly demand: DemandPlan;
  readonly objective: ObjectivePlan;
  /** What the endpoint drafts; null where it does not. */
  readonly speculation: Drafted | null;
}

/** Drafts, by layers of the model's own or by a draft beside it. */
interface Drafted extends Speculation {
  readonly ownLayers: boolean;
}

interface Gaps {
  /** Blueprint and catalog paths of what is not known. */
  readonly missing: readonly string[];
}

/** Everything that a prediction needs, or the paths of what is missing. */
export function questionOf(
  endpoint: Endpoint,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  at: string,
): Question | Gaps {
  const found = pool === undefined ? { missing: [`${at}.pool`] } : failingUnit(pool, catalog);
  const unit = "missing" in found ? null : found;
  const architecture = catalog.models.get(endpoint.model)?.architecture.value ?? null;
  const gpu = unit === null ? undefined : byName(catalog.gpus, unit.gpu);
  const stated = statedOf(endpoint, catalog, at);
  const missing = [
    ...(architecture === null ? [`catalog:models/${endpoint.model}/architecture`] : []),
    ...("missing" in found ? found.missing : []),
    ...(unit !== null && gpu === undefined ? [`catalog:gpus/${unit.gpu}`] : []),
    ...("missing" in stated ? stated.missing : []),
  ];
  if (missing.length > 0 || "missing" in stated || architecture === null || !gpu || !unit || !pool) return { missing };
  return { model: endpoint.model, architecture, gpu, unit, pool, ...stated };
}

function statedOf(
  { traffic, objective, speculation }: Endpoint,
  catalog: Catalog,
  at: string,
): Pick<Question, "profile" | "demand" | "objective" | "speculation"> | Gaps {
  const profile = profileOf(traffic, catalog);
  const figures = {
    "traffic.peak": traffic?.peak.value ?? null,
    "traffic.prefixHitRate": traffic?.prefixHitRate.value ?? null,
    "objective.timeToFirstToken": objective?.timeToFirstToken.value ?? null,
    "objective.interToken": objective?.interToken.value ?? null,
  };
  const [peak, prefixHitRate, timeToFirstTokenS, interTokenS] = Object.values(figures);
  const burstiness = profile?.burstiness ?? null;
  const drafted = draftedOf(speculation);
  const missing = [
    ...(traffic === undefined ? [`${at}.traffic`] : []),
    ...(objective === undefined ? [`${at}.objective`] : []),
    ...Object.entries(figures)
      .filter(([path, value]) => value === null && (path.startsWith("traffic") ? traffic : objective) !== undefined)
      .map(([path]) => `${at}.${path}`),
    ...(profile !== undefined && burstiness === null ? [`catalog:traffic/${profile.id}/burstiness`] : []),
    ...(drafted === "unknown" ? [`${at}.speculation.acceptedTokens`] : []),
  ];
  if (peak == null || prefixHitRate == null || timeToFirstTokenS == null || interTokenS == null) return { missing };
  if (profile === undefined || burstiness === null || drafted === "unknown") return { missing };
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
    speculation: drafted,
  };
}

function draftedOf(speculation: Endpoint["speculation"]): Drafted | null | "unknown" {
  if (speculation === undefined) return null;
  const { draftTokens, acceptedTokens, draft } = speculation;
  return acceptedTokens.value === null
    ? "unknown"
    : { draftTokens, acceptedTokens: acceptedTokens.value, ownLayers: draft === undefined };
}

/** The shape of a catalog trace, or that which the site states of one of its own. */
function profileOf(traffic: Endpoint["traffic"], catalog: Catalog): TrafficProfile | undefined {
  if (traffic?.trace === undefined) return catalog.traffic.get(traffic?.profile ?? "");
  return { id: "its own trace", name: "a trace of the site's own", ...traffic.trace };
}

export const trafficOf = ({ demand, profile }: Pick<Question, "demand" | "profile">): Traffic =>
  trafficLike(profile, demand.peakRequestsPerS);

/** Why no spread or format would help: requests beyond the model's context. */
export function beyondContext({ profile, architecture }: Question): string | null {
  const longest = longestOf(profile);
  return longest > architecture.maxContext
    ? `requests of up to ${longest} tokens, and the model's context ends at ${architecture.maxContext}`
    : null;
}

export const longestOf = ({ input, output }: TrafficProfile): number => input.max + output.max;
