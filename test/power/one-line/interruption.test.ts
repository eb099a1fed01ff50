import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { interruption } from "../../../components/power/one-line/interruption.ts";
import { outages } from "../../../components/power/one-line/outage.ts";
import type { Seconds } from "../../../components/quantity.ts";
import { drafted, loadsOf, oneLine, RACK } from "./drawn.ts";

const seconds = (value: number) => value as Seconds;

/** Utility → transfer switch (reserve: genset) → UPS → rack. */
const chain = (parts: {
  readonly start?: Seconds | null;
  readonly transfer?: Seconds | null;
  readonly rides?: Seconds | null;
  readonly loadKw?: number | null;
}) =>
  oneLine([
    drafted("utility", { element: { kind: "utility" } }),
    drafted("genset", { element: { kind: "genset", ...(parts.start === undefined ? {} : { start: parts.start }) } }),
    drafted("ats", {
      feeds: [0],
      reserves: [1],
      element: { kind: "transfer-switch", ...(parts.transfer === undefined ? {} : { transfer: parts.transfer }) },
    }),
    drafted("ups", { feeds: [2], element: { kind: "ups", rated: 200_000, rideThrough: parts.rides ?? null } }),
    drafted("rack", {
      feeds: [3],
      load: parts.loadKw === null ? null : (parts.loadKw ?? 100) * 1e3,
      element: { ...RACK, loadFrom: "catalog:systems/x/tdp" },
    }),
  ]);

function lost(line: ReturnType<typeof chain>) {
  const nodeOf = (id: string) => line.nodes.findIndex((node) => node.id === id);
  const change = outages(line, loadsOf(line).watts)([nodeOf("utility")]);
  const found = interruption(line, change);
  return { rack: found.gaps.get(nodeOf("rack")) ?? null, bridging: found.bridging[0] ?? null };
}

describe("the utility is lost", () => {
  test("the gap is start and transfer; a UPS rides in proportion to rating over load", () => {
    const { rack, bridging } = lost(chain({ start: seconds(10), transfer: seconds(0.3), rides: seconds(60) }));
    expect(bridging).toMatchObject({ gap: { seconds: 10.3, missing: [] }, rides: 120 });
    expect(rack).toBeNull();
  });

  test.each([
    [120, null],
    [120.5, { seconds: 0.5, missing: [] }],
    [600, { seconds: 480, missing: [] }],
  ])("a genset that carries after %d s leaves the rack dark for %j", (start, gap) => {
    expect(lost(chain({ start: seconds(start), transfer: seconds(0), rides: seconds(60) })).rack).toEqual(gap);
  });

  test("a time that is unknown or not stated is a floor with its place", () => {
    expect(lost(chain({ start: null, transfer: seconds(1), rides: seconds(60) })).bridging?.gap).toEqual({
      seconds: 1,
      missing: ["genset.start"],
    });
    expect(lost(chain({ start: seconds(5), rides: seconds(60) })).bridging?.gap).toEqual({
      seconds: 5,
      missing: ["ats.transfer"],
    });
    expect(lost(chain({ start: seconds(5), transfer: seconds(1), rides: null }))).toMatchObject({
      rack: { missing: ["ups.rideThrough"] },
      bridging: { rides: null },
    });
  });

  test("how long a UPS rides at a load that is not known is not known", () => {
    expect(
      lost(chain({ start: seconds(5), transfer: seconds(1), rides: seconds(60), loadKw: null })).bridging?.rides,
    ).toBeNull();
  });
});

test("a node with one feed that never lost power is not interrupted", () => {
  const line = oneLine([
    drafted("a"),
    drafted("b"),
    drafted("genset", { element: { kind: "genset", start: seconds(60) } }),
    drafted("ats", { feeds: [0], reserves: [2], element: { transfer: seconds(1) } }),
    drafted("rack", { feeds: [3, 1], load: 1000, element: RACK }),
  ]);
  const at = (id: string) => line.nodes.findIndex((node) => node.id === id);
  const { gaps } = interruption(line, outages(line, loadsOf(line).watts)([at("a")]));
  expect([gaps.has(at("ats")), gaps.has(at("rack"))]).toEqual([true, false]);
});

property.prop([fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 })])(
  "a faster start and more stored energy never lengthen what a rack waits",
  (start, less, rides, more) => {
    const waits = (begin: number, ride: number) =>
      lost(chain({ start: seconds(begin), transfer: seconds(0), rides: seconds(ride) })).rack?.seconds ?? 0;
    expect(waits(start, rides)).toBeLessThanOrEqual(waits(start + less, rides));
    expect(waits(start, rides + more)).toBeLessThanOrEqual(waits(start, rides));
  },
);
