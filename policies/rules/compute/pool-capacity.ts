import type { PoolPlan } from "../../../components/plan-types.ts";
import type { Input } from "../../finding.ts";
import { inGpus, needAndHave } from "../../message.ts";
import { placedWorkloads } from "../../placed.ts";
import { UNKNOWN } from "../../registered.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";
import type { Workload } from "../../workload.ts";

/** What is registered to run, ours or not, fits the GPUs that may be counted on. */
export const poolCapacity: Rule = {
  id: "compute/pool-capacity",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "GPUs asked for by registered workloads ≤ usable GPUs that the queues hand out",
  why: "a workload above the pool waits for ever, or pushes a paid one out",
  formula:
    "Σ pods × GPUs of each registered workload ≤ racks in service × schedulable nodes × GPUs per node, less the warm nodes; a pool with overflow together with those that lend to it",
  source: "registered resources; catalog: schedulable nodes of a rack (16 of 18 for NVL72)",
  inputs:
    "replicas, sizes and GPU requests of every registered workload, its queue or node selector, usable GPUs of the plan",
  pass: "everything registered fits the open pools, pool by pool and together",
  fail: "what is known to be asked for is more than the pool has",
  unproved: "a replica count, a GPU request, the pool of a workload or the size of the pool is not known",
  fix: "fewer replicas, or a larger pool",
  manualCheck:
    "add up replicas × GPUs over all workloads of the pool's queues, and hold millrace plan's usable GPUs against it",
  notApplicable: "the site has no pool",
  subjects: (context) => {
    // What may run elsewhere asks for a number of GPUs here that is not known.
    const placed = placedWorkloads(context.registered);
    const asking = placed.map(({ workload }) => workload);
    return [
      ...context.plan.pools.map((pool) =>
        subject(
          `pools.${pool.id}`,
          pool.at,
          withLenders(pool, context.plan.pools),
          placed
            .filter(({ pool: at }) => at === pool.id || at === UNKNOWN || pool.overflow.some((id) => id === at))
            .map((each) => (each.pool === UNKNOWN ? { ...each.workload, gpus: null } : each.workload)),
        ),
      ),
      ...(context.plan.pools.length === 0 ? [] : [subject("site", "pools", context.plan.pools, asking)]),
    ];
  },
};

/** What a pool may use: a lender lends to one pool and borrows nowhere, so that each pool with its lenders is enough. */
const withLenders = (pool: PoolPlan, pools: readonly PoolPlan[]): readonly PoolPlan[] => [
  pool,
  ...pools.filter(({ id }) => pool.overflow.includes(id)),
];

function subject(id: string, at: string, pools: readonly PoolPlan[], workloads: readonly Workload[]): Subject {
  const open = pools.filter(({ held }) => !held);
  return {
    id,
    at,
    state: null,
    claim: "at-most",
    unit: "GPU",
    inputs: [
      ...workloads.map(({ kind, name, gpus, urn }) =>
        needTerm("GPU", { name: `${kind} ${name}`, value: gpus, from: urn }),
      ),
      ...open.map(
        (pool): Input =>
          limitTerm("GPU", {
            name: `usable GPUs of ${pool.id}`,
            value: pool.quotaGpus,
            from: `${pool.at}.spareRacks`,
          }),
      ),
    ],
    message: (judged) =>
      `${id === "site" ? "all workloads" : `workloads on ${id.replace("pools.", "pool ")}`}: ${needAndHave({ have: "usable" }, inGpus)(judged)}`,
  };
}
