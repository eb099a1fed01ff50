import { describe, expect, test } from "vitest";
import type { BuildingPlan, PhasePlan } from "../../components/plan-types.ts";
import { planDistribution } from "../../components/power/distribution.ts";
import type { Level, Power } from "../../components/power/schema.ts";
import type { Ratio, Watts } from "../../components/quantity.ts";

const kw = (value: number) => (value * 1e3) as Watts;
const building = (parts: Partial<BuildingPlan> = {}): BuildingPlan => ({
  id: "b1",
  system: "gb300-nvl72",
  halls: 2,
  podsPerHall: 3,
  racksPerPod: 8,
  racks: 48,
  rackWatts: kw(142),
  it: { known: kw(48 * 142), missing: [] },
  at: "buildings[0]",
  ...parts,
});
const phase = (buildings: readonly BuildingPlan[]): PhasePlan => ({
  id: "p",
  from: "2026-Q4",
  state: "designed",
  buildings,
  racks: 48,
  gpus: 3456,
  it: buildings[0]?.it ?? { known: kw(0), missing: [] },
  evidence: [],
  at: "phases[0]",
});
const level = (parts: Partial<Level>): Level => ({
  id: "rpp",
  per: "pod",
  count: 4,
  rating: { value: kw(500), source: "DSX", assumed: false },
  derating: 1 as Ratio,
  scheme: "4N/3",
  ...parts,
});
const plan = (parts: Partial<Level>, of: BuildingPlan = building()) =>
  planDistribution({ distribution: [level(parts)] } as unknown as Power, [phase([of])]);

describe("a level of the distribution", () => {
  test("four RPPs of 500 kW at 4N/3 carry 1,500 kW; the pod of eight racks asks for 1,136 kW", () => {
    expect(plan({})).toMatchObject([
      { id: "rpp", building: "b1", sets: 6, surviving: 3, usable: 1_500_000, load: { known: 1_136_000, missing: [] } },
    ]);
  });

  test("eight whips of 33 kW, two from each of four RPPs, leave 198 kW for a rack of 142 kW", () => {
    expect(
      plan({
        id: "whip",
        per: "rack",
        count: 8,
        rating: { value: kw(33), source: null, assumed: false },
        scheme: "4N/3",
      }),
    ).toMatchObject([{ sets: 48, surviving: 6, usable: 198_000, load: { known: 142_000 } }]);
  });

  /** √3 × 415 V × 60 A is 43.1 kW; the continuous 80 % leaves 34.5 kW. */
  test("the 80 % rule comes off the rating once", () => {
    const rating = { value: 43_128 as Watts, source: null, assumed: false };
    expect(plan({ count: 1, scheme: "N", rating, derating: 0.8 as Ratio })[0]?.usable).toBe(34_502);
  });

  test.each([
    ["hall", 2, 3 * 8 * 142_000],
    ["building", 1, 48 * 142_000],
    ["site", 1, 48 * 142_000],
  ] as const)("per %s", (per, sets, load) => {
    expect(plan({ per })).toMatchObject([{ sets, load: { known: load } }]);
  });

  test("an unknown rating leaves nothing to promise", () => {
    expect(plan({ rating: { value: null, source: null, assumed: false } })[0]?.usable).toBeNull();
  });

  test("an unknown rack leaves the load open", () => {
    const of = building({ rackWatts: null, it: { known: kw(0), missing: ["catalog:systems/x/tdp"] } });
    expect(plan({ per: "rack" }, of)[0]?.load.missing).toEqual(["buildings[0].system"]);
    expect(plan({ per: "pod" }, of)[0]?.load.missing).toEqual(["catalog:systems/x/tdp"]);
  });
});
