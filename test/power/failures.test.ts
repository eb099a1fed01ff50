import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { nodeLoads } from "../../components/power/node-loads.ts";
import type { Level, Power } from "../../components/power/schema.ts";
import type { Ratio } from "../../components/quantity.ts";
import { building, electrical, fact, kw, level, one, phase, power, seconds, studied } from "./electrical.ts";

describe("redundancy: the share of the installed rating that normal load may use", () => {
  /** Racks of equal size that together load the installed blocks to a share of their rating. */
  const worstAt = (scheme: Level["scheme"], installed: number, racks: number, share: number) => {
    const rackWatts = kw((installed * 500 * share) / racks);
    const { distribution } = one([level({ scheme, count: installed })], building({ racksPerPod: racks, rackWatts }));
    return distribution[0]?.worst.load.known as number;
  };
  test.each([
    ["N", 4, 4, 1],
    ["N+1", 5, 8, 4 / 5],
    ["2N", 2, 8, 1 / 2],
    ["3N/2", 3, 8, 2 / 3],
    ["4N/3", 4, 8, 3 / 4],
    ["catcher", 5, 4, 4 / 5],
    ["distributed", 3, 3, 2 / 3],
    ["distributed", 4, 6, 3 / 4],
  ] as const)("%s of %i with %i racks: %f", (scheme, installed, racks, share) => {
    expect(worstAt(scheme, installed, racks, share)).toBeLessThanOrEqual(500_002);
    expect(worstAt(scheme, installed, racks, share)).toBeGreaterThan(499_000);
    expect(worstAt(scheme, installed, racks, share + 0.01)).toBeGreaterThan(500_002);
  });

  test("unbalanced pairs break it: four racks on three systems at 66.7 % put 125 % on one when another is lost", () => {
    expect(worstAt("distributed", 3, 4, 2 / 3)).toBe(625_000);
    const pairsOf = (racks: number) =>
      one([level({ scheme: "distributed", count: 3 })], building({ racksPerPod: racks })).distribution[0]?.pairs;
    expect(pairsOf(4)).toEqual({
      lightest: { elements: ["b1.ups-1", "b1.ups-3"], watts: 142_000 },
      heaviest: { elements: ["b1.ups-1", "b1.ups-2"], watts: 284_000 },
    });
    expect(pairsOf(3)).toMatchObject({ lightest: { watts: 142_000 }, heaviest: { watts: 142_000 } });
  });

  test("2N loses a whole side where both hang on one transformer", () => {
    const { failures } = one([
      level({ id: "transformer", count: 1, scheme: "N", rating: fact(kw(5000)) }),
      level({ id: "ups", count: 2, scheme: "2N", rating: fact(kw(5000)) }),
      level({ id: "whip", per: "rack", count: 2, scheme: "2N", rating: fact(kw(142)) }),
    ]);
    expect(failures?.losses).toMatchObject([
      { level: "transformer", racks: 8, accepted: 0, state: { out: ["b1.transformer-1"], cause: "single" } },
    ]);
  });

  test("one cord is a choice: what hangs on it is lost and nobody claimed otherwise", () => {
    const { failures } = one([level({ id: "rpp", count: 2, scheme: "N", rating: fact(kw(1000)) })]);
    expect(failures?.losses).toMatchObject([{ level: "rpp", racks: 0, accepted: 4, states: 2 }]);
  });

  test("all of N are needed: one whip out of eight takes its rack, and no other is said to carry it", () => {
    const { failures, distribution } = one([
      level({ id: "rpp", scheme: "4N/3" }),
      level({ id: "whip", per: "rack", count: 8, scheme: "N", rating: fact(kw(18)) }),
    ]);
    expect(failures?.losses).toMatchObject([{ level: "whip", racks: 0, accepted: 1 }]);
    expect(distribution.find(({ id }) => id === "whip")?.worst.load.known).toBe(17_750);
  });
});

describe("reserves", () => {
  const levels = (start: number, rides: number): readonly Level[] => [
    level({ id: "transformer", count: 2, scheme: "2N", rating: fact(kw(3000)), services: ["utility"] }),
    level({
      id: "genset",
      count: 3,
      scheme: "N+1",
      rating: fact(kw(1000)),
      start: seconds(start),
      stepLoad: fact(0.6 as Ratio),
    }),
    level({
      id: "ats",
      kind: "transfer-switch",
      count: 2,
      scheme: "2N",
      fedBy: "transformer",
      reserve: "genset",
      rating: fact(kw(3000)),
      transfer: seconds(1),
    }),
    level({ id: "ups", count: 2, scheme: "2N", rating: fact(kw(2000)), rideThrough: seconds(rides) }),
  ];
  const utility = {
    id: "utility",
    voltage: fact(null),
    contracted: fact(kw(3000)),
    firm: fact(kw(0)),
    from: "2026-Q1",
  } as Power["services"][number];
  const run = (start: number, rides: number, parts: Partial<Power> = {}) =>
    electrical(power(levels(start, rides), { services: [utility], ...parts }), [phase(building())]).failures;

  test("the utility is lost: gensets in parallel take it in one step, the UPS bridges", () => {
    const failures = run(60, 120);
    expect(failures?.losses).toEqual([]);
    expect(failures?.bridging).toMatchObject([
      { level: "ups", state: { out: ["utility"] }, gap: { seconds: 61 }, ridesSeconds: (120 * 2000) / 568 },
    ]);
    expect(failures?.starts).toMatchObject([{ level: "genset", step: { known: 378_667 }, accepts: 0.6 }]);
  });

  test("a genset that starts after the batteries are empty: racks wait, and the storage is named", () => {
    expect(run(600, 120)).toMatchObject({
      losses: [{ racks: 0, interrupted: 8, behindStorage: true, state: { out: ["utility"] } }],
      bridging: [{ gap: { seconds: 601 } }],
    });
  });

  test("a stated outage of several nodes is worked through with its reason", () => {
    const failures = run(60, 120, {
      outages: [{ ids: ["utility", "b1.genset-1", "b1.genset-2", "b1.genset-3"], why: "no fuel" }],
    });
    expect(failures?.losses).toMatchObject([{ racks: 8, state: { cause: "stated", why: "no fuel" } }]);
    expect(failures?.states).toEqual({ single: 10, maintenance: 0, stated: 1 });
  });

  test("maintenance of one side and an outage of the other", () => {
    const maintained = levels(60, 120).map((each) => (each.id === "ups" ? { ...each, maintainable: true } : each));
    const { failures } = electrical(power(maintained, { services: [utility] }), [phase(building())]);
    expect(failures?.losses).toMatchObject([
      { level: "ups", racks: 8, state: { cause: "maintenance", out: ["b1.ups-1", "b1.ats-2"] } },
    ]);
  });
});

test("racks that wait with no storage on the way are told, also where more wait behind storage that is short", () => {
  const rack = (number: number) => `b1.h1.p1.r${number}`;
  const node = (id: string, kind: string, feeds: readonly string[], parts: object = {}) => ({
    id,
    kind,
    feeds,
    ...parts,
  });
  const asBuilt = [
    node("utility", "utility", []),
    node("genset", "genset", [], { start: seconds(60) }),
    ...["a", "b"].map((side) => node(`b1.transformer-${side}`, "transformer", ["utility"])),
    ...["a", "b"].map((side) =>
      node(`b1.switch-${side}`, "transfer-switch", [`b1.transformer-${side}`], {
        reserves: ["genset"],
        transfer: seconds(1),
      }),
    ),
    node("b1.ups-a", "ups", ["b1.switch-a"], { rating: fact(kw(1000)), rideThrough: seconds(1) }),
    ...[1, 2, 3, 4, 5].map((each) => node(rack(each), "rack", ["b1.ups-a"])),
    ...[6, 7, 8].map((each) => node(rack(each), "rack", ["b1.switch-b"])),
  ] as unknown as NonNullable<Power["asBuilt"]>;
  const { failures } = electrical(power([], { asBuilt }), [phase(building())]);
  expect(failures?.losses.find(({ level }) => level === "transformer")).toMatchObject({
    state: { out: ["b1.transformer-b"] },
    interrupted: 3,
    behindStorage: false,
    states: 2,
  });
});

describe("steps of the phases", () => {
  const site = level({ id: "main", per: "site", count: 2, scheme: "2N", rating: fact(kw(2000)) });
  const phases = [phase(building()), phase(building({ id: "b2", at: "buildings[1]" }), { id: "q", from: "2027-Q3" })];

  test("what the site shares is worked through at each, and the quarter is told in which it comes to the worst", () => {
    const { distribution, failures } = electrical(power([site]), phases);
    expect(failures?.steps.map(({ quarter }) => quarter)).toEqual(["2026-Q4", "2027-Q3"]);
    expect(distribution).toMatchObject([
      { building: "site", phase: null, worst: { load: { known: 2_272_000 }, state: { quarter: "2027-Q3" } } },
    ]);
  });

  test("a phase that is not there yet is not lost", () => {
    const { failures } = electrical(power([level({ count: 1, scheme: "N" })]), phases);
    expect(failures?.losses.map(({ building, state }) => [building, state.quarter])).toEqual([
      ["b1", "2026-Q4"],
      ["b2", "2027-Q3"],
    ]);
  });
});

test("an as-built list comes to the same as the levels that it was written from", () => {
  const of = power([
    level({ id: "rpp", per: "pod" }),
    level({ id: "whip", per: "rack", count: 8, rating: fact(kw(33)) }),
  ]);
  const phases = [phase(building())];
  const nodes = nodeLoads(studied(of, phases));
  const asBuilt = nodes
    .filter(({ kind }) => kind !== "other-it")
    .map(({ id, kind, feeds, reserves, usable }) => ({
      id,
      kind: kind === "supply" ? ("utility" as const) : (kind as "rpp"),
      feeds,
      reserves,
      ...(typeof usable === "number" ? { rating: fact(usable) } : {}),
    }));
  const written = power([], { asBuilt });
  const again = nodeLoads(studied(written, phases));
  const worst = (all: typeof nodes) =>
    new Map(
      all
        .filter(({ kind }) => kind !== "supply" && kind !== "utility")
        .map(({ id, worst: load, state }) => [id, [load, state.out]]),
    );
  const there = worst(again);
  for (const [id, loads] of worst(nodes)) if (!id.endsWith("other-it")) expect(there.get(id)).toEqual(loads);
  expect(electrical(written, phases).distribution).toMatchObject([
    { id: "rpp", set: null, elements: 4, worst: { load: { known: 378_667 } } },
    { id: "whip", set: null, elements: 64 },
  ]);
});

property.prop([
  fc.constantFrom("N+1", "2N", "3N/2", "4N/3", "catcher", "distributed"),
  fc.integer({ min: 2, max: 6 }),
  fc.integer({ min: 0, max: 5_000 }),
])(
  "more capacity never adds a violation: no element is loaded beyond a larger rating that was within a smaller one",
  (scheme, count, more) => {
    const beyond = (rating: number) =>
      one([level({ scheme: scheme as Level["scheme"], count, rating: fact(kw(rating)) })]).distribution.filter(
        ({ worst, usable }) => worst.load.known > (usable ?? 0),
      ).length;
    expect(beyond(300 + more)).toBeLessThanOrEqual(beyond(300));
  },
);
