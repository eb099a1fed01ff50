import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { availablePower } from "../../components/netbox/available-power.ts";

const THREE_PHASE = { supply: "ac", phase: "three-phase", volts: 415, amperes: 60, maxUtilizationPercent: 80 } as const;

describe("three phases at 415 V and 80 %, as the table of derated feeds has them", () => {
  test.each([
    [60, 34_502, "34.5"],
    [63, 36_227, "36.2"],
    [100, 57_504, "57.5"],
    [125, 71_880, "71.9"],
  ])("%i A", (amperes, watts, kilowatts) => {
    const available = availablePower({ ...THREE_PHASE, amperes });
    expect(available).toBe(watts);
    expect((Number(available) / 1_000).toFixed(1)).toBe(kilowatts);
  });
});

test.each([
  ["one phase", { ...THREE_PHASE, phase: "single-phase", volts: 230, amperes: 16 }, 2_944],
  ["direct current has no phases", { ...THREE_PHASE, supply: "dc", volts: -48, amperes: 100 }, 3_840],
  ["direct current, phase not stated", { ...THREE_PHASE, supply: "dc", phase: null, volts: 50, amperes: 2 }, 80],
  ["no volts", { ...THREE_PHASE, volts: 0 }, 0],
] as const)("%s", (_, rating, watts) => {
  expect(availablePower(rating)).toBe(watts);
});

test.each(["supply", "phase", "volts", "amperes", "maxUtilizationPercent"] as const)("unknown %s: unknown", (field) => {
  expect(availablePower({ ...THREE_PHASE, [field]: null })).toBeNull();
});

const rating = fc.record({
  volts: fc.integer({ min: 0, max: 1_000_000 }),
  amperes: fc.integer({ min: 1, max: 100_000 }),
  maxUtilizationPercent: fc.integer({ min: 1, max: 100 }),
});

property.prop([rating])("is the largest whole watt that √3 × V × A × share does not fall below", (given) => {
  const watts = BigInt(availablePower({ ...THREE_PHASE, ...given }) ?? -1);
  const squared = 3n * (BigInt(given.volts) * BigInt(given.amperes) * BigInt(given.maxUtilizationPercent)) ** 2n;
  expect((100n * watts) ** 2n <= squared).toBe(true);
  expect((100n * (watts + 1n)) ** 2n > squared).toBe(true);
});
