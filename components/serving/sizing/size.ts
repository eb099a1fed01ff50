import type { Catalog } from "../../catalog/catalog.ts";
import type { Plan } from "../../plan-types.ts";
import type { Ratio } from "../../quantity.ts";
import { questionOf } from "../question.ts";
import type { Endpoint } from "../schema.ts";
import { candidatesOf } from "./candidates.ts";
import { dominators, type Weights } from "./front.ts";
import { judge } from "./judge.ts";
import { optimizationsOf, type Verdicts } from "./optimizations.ts";
import type { Buildable, Feasible, Judged, Sizing } from "./sizing-types.ts";
import type { Sought } from "./sought.ts";

/** The site about an endpoint: its plan, and what a watt of IT takes. */
interface Surroundings {
  readonly plan: Pick<Plan, "pools" | "endpoints" | "cost">;
  readonly catalog: Catalog;
  readonly pue: Ratio | null;
}

/** All ways to serve one endpoint on its pool, each on the front or with the one reason why not; or what is not known. */
export function sizeEndpoint(endpoint: Endpoint, index: number, { plan, catalog, pue }: Surroundings): Sizing {
  const at = `serving.endpoints[${index}]`;
  const pool = plan.pools.find(({ id }) => id === endpoint.pool);
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked) return { endpoint: endpoint.id, at, outcome: { kind: "unknown", missing: asked.missing } };
  const gpusToHave = leftOf(endpoint, asked.pool.usableGpus, plan);
  if (gpusToHave === null) {
    return { endpoint: endpoint.id, at, outcome: { kind: "unknown", missing: [`GPUs of pool ${endpoint.pool}`] } };
  }
  return {
    endpoint: endpoint.id,
    at,
    outcome: sized({ ...asked, catalog, pue, gpusToHave, perGpuHour: plan.cost.perGpuHour }),
  };
}

/** GPUs of the pool that its other endpoints leave. */
function leftOf({ id, pool }: Endpoint, usable: number | null, { endpoints }: Surroundings["plan"]): number | null {
  const others = endpoints.filter((each) => each.pool === pool && each.id !== id);
  return usable === null ? null : Math.max(0, usable - others.reduce((sum, { gpus }) => sum + (gpus ?? 0), 0));
}

function sized(sought: Sought): Extract<Sizing["outcome"], { kind: "sized" }> {
  const { model, architecture, gpu, unit, pool, gpusToHave, demand, objective } = sought;
  const verdictOf = judge(sought);
  const verdicts = candidatesOf(architecture, gpu, unit).map(
    (candidate) => ({ candidate, verdict: verdictOf(candidate) }) as const,
  );
  const judged = settled(verdicts);
  return {
    kind: "sized",
    model,
    gpu: gpu.id,
    unit: unit.kind,
    pool: pool.id,
    gpusToHave,
    demand,
    objective,
    judged,
    buildable: buildableOf(judged),
    optimizations: optimizationsOf(sought, verdicts),
  };
}

/** Of the front the fewest GPUs; among equals the shortest gaps, then the first by name. */
function buildableOf(judged: readonly Judged[]): Buildable | null {
  const front = judged.flatMap((each) => (each.kind === "front" ? [each] : []));
  const [first] = front.sort(
    (left, right) =>
      left.feasible.gpus - right.feasible.gpus ||
      left.feasible.interTokenS.value - right.feasible.interTokenS.value ||
      (left.candidate.id < right.candidate.id ? -1 : 1),
  );
  if (first === undefined) return null;
  const { gpus, usdPerMillionTokens, blueprint } = first.feasible;
  return { id: first.candidate.id, format: first.candidate.format, gpus, usdPerMillionTokens, copies: blueprint };
}

/** $ of the same tokens go with the GPUs, and tokens a second and MW with the watts, so that neither has to be known. */
const weightsOf = ({ gpus, watts, interTokenS }: Feasible): Weights => [gpus, watts, interTokenS.value];

/** Each candidate on the front, the cheapest first, or with its reason. The order of the candidates does not matter. */
export function settled(verdicts: readonly Verdicts[]): readonly Judged[] {
  const weighed = verdicts.flatMap(({ candidate: { id }, verdict }) =>
    verdict.kind === "feasible" ? [{ id, weights: weightsOf(verdict.feasible) }] : [],
  );
  const by = dominators(weighed);
  const rank = new Map([...by.keys()].map((id, index) => [id, index]));
  const last = by.size;
  return verdicts
    .map(({ candidate, verdict }): Judged => {
      if (verdict.kind === "refused") return { candidate, kind: "refused", refusal: verdict.refusal };
      const better = by.get(candidate.id) ?? null;
      return better === null
        ? { candidate, kind: "front", feasible: verdict.feasible }
        : { candidate, kind: "refused", refusal: { kind: "dominated", by: better } };
    })
    .sort(
      (left, right) =>
        (rank.get(left.candidate.id) ?? last) - (rank.get(right.candidate.id) ?? last) ||
        (left.candidate.id < right.candidate.id ? -1 : 1),
    );
}
