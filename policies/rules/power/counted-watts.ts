import type { Plan, PoolPlan } from "../../../components/plan-types.ts";
import { capHolds, type Held } from "../../gpu-cap.ts";
import { type CountedWatts, countedWatts } from "../../kueue-watts.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { type Placed, placedWorkloads } from "../../placed.ts";
import { flattened, type RegisteredObject, UNKNOWN } from "../../registered.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** A GPU counts for no less in the queue than it may draw: capped only where the cap is really set. */
export const countedWattsRule: Rule = {
  id: "power/counted-watts",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "watts that a GPU of a pool may draw ≤ watts that it counts for in the queue",
  why: "a quota in watts holds the power only where each GPU counts for what it can draw; a cap that nothing sets lowers the count, not the draw",
  formula:
    "rack TDP ÷ GPUs of the rack, less what an enforced cap takes off the GPU's largest power ≤ transformation of nvidia.com/gpu to millrace.dev/watts; the cap comes off where the admission policy and the limit of every workload are registered",
  source:
    "Kueue resource transformations; NVIDIA Dynamo power agent (annotation dynamo.nvidia.com/gpu-power-limit); catalog: TDP of the system, power range of its GPU",
  inputs:
    "pools[].powerCap, registered Kueue configuration, registered ValidatingAdmissionPolicy and workloads of the pool",
  pass: "the configuration counts a GPU for at least what it may draw",
  fail: "it counts a GPU for less: a configuration of somebody else, or a cap that a registered workload or a missing policy breaks",
  unproved:
    "the TDP is unknown, no Kueue configuration is registered, or whether the cap is set on a workload is not known",
  fix: "register the planned Kueue configuration, admission policy and limits, or take powerCap out of the pool",
  manualCheck:
    "kubectl -n kueue-system get configmap kueue-manager-config -o yaml; nvidia-smi -q -d POWER on a node of the pool: Current Power Limit",
  notApplicable: "no pool of racks is open: the power of rented instances is the landlord's to budget",
  subjects: ({ plan, registered }) => {
    const counted = countedWatts(registered);
    const objects = flattened(registered);
    const placed = placedWorkloads(registered);
    return plan.pools
      .filter(({ held, racks }) => !held && racks !== null)
      .map((pool) => subject(plan, pool, counted, objects, placed));
  },
};

function subject(
  { site }: Plan,
  pool: PoolPlan,
  counted: CountedWatts,
  objects: readonly RegisteredObject[],
  placed: readonly Placed[],
): Subject {
  const own = placed
    .filter((each) => each.pool === pool.id || each.pool === UNKNOWN || each.pool === null)
    .map((each) => ({ workload: each.workload, certain: each.pool === pool.id }));
  const conditions = isCapped(pool) ? capHolds(site, pool, objects, own) : [];
  const broken = conditions.find(({ holds }) => holds === false) ?? conditions.find(({ holds }) => holds === null);
  return {
    id: `pools.${pool.id}`,
    at: pool.cap?.at ?? pool.at,
    state: null,
    claim: "at-most",
    unit: "W",
    inputs: [
      needTerm("W", {
        name: isCapped(pool) ? "a GPU with its host, capped" : "a GPU with its host",
        value: pool.wattsPerGpu,
        from: pool.wattsPerGpu === null ? `catalog:systems/${pool.system}/tdp` : (pool.cap?.at ?? pool.at),
      }),
      ...(broken === undefined
        ? []
        : [
            needTerm("W", {
              name: `above the cap, unless ${broken.name}`,
              value: aboveCap(pool, broken),
              from: broken.from,
            }),
          ]),
      limitTerm("W", {
        name: "counted by the registered Kueue configuration",
        value: counted.watts,
        from: counted.from,
      }),
    ],
    message: (judged) =>
      `a GPU of pool ${pool.id}${saysCap(pool, broken)}: ${needAndHave({ have: "counted" }, inWatts)(judged)}`,
  };
}

const isCapped = ({ wattsPerGpu, rackWattsPerGpu }: PoolPlan): boolean => wattsPerGpu !== rackWattsPerGpu;

/** What a cap that does not hold leaves the GPU to draw. */
const aboveCap = ({ wattsPerGpu, rackWattsPerGpu }: PoolPlan, { holds }: Held): number | null =>
  holds === null || wattsPerGpu === null || rackWattsPerGpu === null ? null : rackWattsPerGpu - wattsPerGpu;

function saysCap({ cap }: PoolPlan, broken: Held | undefined): string {
  if (cap === null) return "";
  if (cap.enforced === null) return `, uncapped since ${WHY_NOT[cap.enforcedBy]}`;
  return broken === undefined
    ? `, capped at ${cap.enforced} W`
    : `, whose cap of ${cap.enforced} W needs that ${broken.name}`;
}

const WHY_NOT = {
  nothing: "nothing sets the cap",
  "dynamo-power-agent": "the range in which the GPU's limit can be set, or the cap, is not known",
} as const;
