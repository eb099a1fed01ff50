import type { Endpoint } from "../schema.ts";
import { answersOf } from "./answers.ts";
import { askPools, type Surroundings } from "./asked-pools.ts";
import { buildsOf } from "./buildable.ts";
import { optimizationsOf } from "./optimizations.ts";
import { scaleOf } from "./scale.ts";
import { settled } from "./settled.ts";
import type { AskedPool, Sizing } from "./sizing-types.ts";
import type { Sought } from "./sought.ts";

/** All ways to serve one endpoint on the pools that it may stand on, each on the front or with the one reason why not; or what is not known. */
export function sizeEndpoint(endpoint: Endpoint, index: number, surroundings: Surroundings): Sizing {
  const at = `serving.endpoints[${index}]`;
  const { sought, passedOver } = askPools(endpoint, at, surroundings);
  const head = { endpoint: endpoint.id, at, pool: endpoint.pool };
  const [first] = sought;
  if (first === undefined) return { ...head, outcome: { kind: "unasked", passedOver } };
  const answers = answersOf(sought);
  const { model, demand, objective } = first;
  return {
    ...head,
    outcome: {
      kind: "sized",
      model,
      demand,
      objective,
      pools: sought.map((each) => askedPool(each, surroundings)),
      passedOver,
      judged: settled(answers),
      ...buildsOf(answers, endpoint.pool),
      optimizations: optimizationsOf(first, answers[0]?.verdicts ?? []),
    },
  };
}

function askedPool(sought: Sought, { plan }: Surroundings): AskedPool {
  const { pool, gpu, unit, gpusToHave, perGpuHour } = sought;
  return {
    id: pool.id,
    gpu: gpu.id,
    unit: unit.kind,
    gpusToHave,
    perGpuHour,
    priceMissing: plan.cost.pools.find((each) => each.pool === pool.id)?.missing ?? [],
    weighedIn: scaleOf(sought),
  };
}
