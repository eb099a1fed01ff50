import type { AwsTarget } from "../aws/schema.ts";
import type { CostLine, CostPlan, PoolPlan } from "../plan-types.ts";
import { microUsd } from "../quantity.ts";
import { addCounts } from "../total.ts";
import { line, NONE, perGpu, sum } from "./lines.ts";
import { poolCosts } from "./pool-costs.ts";
import type { Cost } from "./schema.ts";

const DAY_S = 86_400;

/** What the instances of a site cost an hour; nothing is built. Reserved ones are paid for whether they run or not. */
export function rentCost(cost: Cost, pools: readonly PoolPlan[], { systemNodes }: AwsTarget): CostPlan {
  const rented = pools.filter(({ state }) => state !== "retired");
  const system = systemLine(systemNodes);
  const own = new Map(rented.map((pool) => [pool.id, rentLine(pool)]));
  const lines = [...[...own.values()].flat(), system];
  const perHour = sum(lines, "perHour");
  const gpus = addCounts(rented.map((pool) => pool.gpus));
  return {
    lines,
    capex: sum(lines, "capex"),
    perHour,
    perGpuHour: perGpu(perHour, gpus),
    // Its own instances, and of the system nodes, which serve all, as much as it has of the GPUs.
    pools: poolCosts(rented, (pool) => [
      ...(own.get(pool.id) ?? []).map((line) => ({ line, part: 1, whole: 1 })),
      { line: system, part: pool.gpus, whole: gpus },
    ]),
    budgetCapex: null,
    budgetPerHour: { value: cost.budget.perHour.value, at: "cost.budget.perHour" },
    prices: [
      ...new Map(rented.flatMap(({ instances }) => instances?.price.use ?? []).map((use) => [use.of, use])).values(),
    ],
    priceAgeDays: cost.priceAge / DAY_S,
    at: "cost",
  };
}

function systemLine({ type, count, pricePerHour: { value } }: AwsTarget["systemNodes"]): CostLine {
  const from = "target.systemNodes.pricePerHour";
  const perHour = value === null ? null : microUsd(value * BigInt(count));
  return line("system-nodes", `${count} × ${type}, system nodes`, NONE, perHour, [from], value === null ? [from] : []);
}

function rentLine({ id, system, capacity, instances }: PoolPlan): readonly CostLine[] {
  if (instances === null) return [];
  const { billed, price } = instances;
  const perHour = price.value === null ? null : microUsd(price.value * BigInt(billed));
  const what = `${billed} × ${system} of ${id}, ${capacity}`;
  return [line(`instances-${id}`, what, NONE, perHour, [price.from], price.value === null ? [price.from] : [])];
}
