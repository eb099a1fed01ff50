import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { type Borne, poolCosts } from "../../components/cost/pool-costs.ts";
import type { CostLine, CostPlan, PoolPlan } from "../../components/plan-types.ts";
import { type MicroUsd, microUsd } from "../../components/quantity.ts";
import { labWith, ohioWith, opening, siteText } from "../support/sites.ts";

const costOf = (text: string): CostPlan => opening(text).plan.cost;
const poolOf = ({ pools }: CostPlan, id: string) => pools.find(({ pool }) => pool === id);

describe("a site of one pool", () => {
  test("gives its GPUs the price of the site", () => {
    const cost = costOf(siteText("lab"));
    expect(cost.pools).toEqual([{ pool: "gb300", perGpuHour: cost.perGpuHour, missing: [] }]);
  });

  test("names what of its price is not known", () => {
    const cost = costOf(labWith(["wacc: { value: 7 %", "wacc: { value: unknown"]));
    expect(cost.pools).toEqual([{ pool: "gb300", perGpuHour: null, missing: ["cost.wacc"] }]);
  });
});

test("pools of the same racks cost the same", () => {
  const { pools, perGpuHour } = costOf(siteText("independence-mo"));
  expect(pools.map((each) => each.perGpuHour)).toEqual([perGpuHour, perGpuHour, perGpuHour]);
});

describe("rented pools", () => {
  const PRICE = 'pricePerHour: { value: $43.27, source: "order OHIO-CB-7: 16 instances for 42 days at $697,858.56" }';

  /** $43.27 and $55.04 an instance of eight GPUs, and 3 × $0.4032 of system nodes over 192 GPUs. */
  test("cost what they are rented for, and their share of the system nodes", () => {
    const cost = costOf(siteText("aws-ohio"));
    expect(cost.pools).toEqual([
      { pool: "h200", perGpuHour: 5_415_050n, missing: [] },
      { pool: "h100", perGpuHour: 6_886_300n, missing: [] },
    ]);
    const together = 5_415_050n * 128n + 6_886_300n * 64n;
    expect(together).toBe(cost.perHour.known);
  });

  test("one whose price is not known leaves the others theirs", () => {
    const cost = costOf(ohioWith([PRICE, "pricePerHour: { value: unknown }"]));
    expect(poolOf(cost, "h200")).toEqual({
      pool: "h200",
      perGpuHour: null,
      missing: ["pools[0].instances.pricePerHour"],
    });
    expect(poolOf(cost, "h100")?.perGpuHour).toBe(6_886_300n);
    expect(cost.perGpuHour).toBeNull();
  });

  test("what all share and nobody knows leaves none its price", () => {
    const cost = costOf(ohioWith(["pricePerHour: { value: $0.4032", "pricePerHour: { value: unknown"]));
    expect(cost.pools.map(({ perGpuHour, missing }) => [perGpuHour, missing])).toEqual([
      [null, ["target.systemNodes.pricePerHour"]],
      [null, ["target.systemNodes.pricePerHour"]],
    ]);
  });
});

/** Pools of so many GPUs that bear a line by them. */
const pool = (gpus: number | null, index: number) =>
  ({ id: `p${index}`, at: `pools[${index}]`, system: "s", instances: null, state: "online", gpus }) as PoolPlan;
const lineOf = (perHour: MicroUsd | null): CostLine => ({
  id: "line",
  what: "line",
  capex: null,
  perHour,
  from: [],
  missing: perHour === null ? ["cost.tariff"] : [],
});
const byGpus =
  (line: CostLine, whole: number | null) =>
  ({ gpus }: PoolPlan): readonly Borne[] => [{ line, part: gpus, whole }];

property.prop([
  fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 }),
  fc.bigInt({ min: 0n, max: 10n ** 15n }),
])("pools bear a line whole between them, to a millionth of a dollar a GPU", (counts, perHour) => {
  const pools = counts.map(pool);
  const whole = counts.reduce((sum, count) => sum + count, 0);
  const costs = poolCosts(pools, byGpus(lineOf(microUsd(perHour)), whole));
  const borne = costs.reduce((sum, { perGpuHour }, index) => sum + (perGpuHour ?? 0n) * BigInt(counts[index] ?? 0), 0n);
  expect(borne <= perHour).toBe(true);
  expect(perHour - borne < BigInt(whole)).toBe(true);
});

test("GPUs that are not counted leave the shares of all unknown, and say where", () => {
  const costs = poolCosts([pool(8, 0), pool(null, 1)], byGpus(lineOf(microUsd(5n)), null));
  expect(costs.map(({ perGpuHour, missing }) => [perGpuHour, missing])).toEqual([
    [null, ["catalog:systems/s/gpusPerRack"]],
    [null, ["catalog:systems/s/gpusPerRack"]],
  ]);
});

test("a pool of no GPUs has no price of one", () => {
  expect(poolCosts([pool(0, 0)], byGpus(lineOf(microUsd(5n)), 0))[0]?.perGpuHour).toBeNull();
});
