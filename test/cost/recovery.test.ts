import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { capitalRecoveryFactor, recoveredPerHour } from "../../components/cost/recovery.ts";
import { type MicroUsd, parse } from "../../components/quantity.ts";

const YEAR_S = 31_536_000;
const usd = (text: string): MicroUsd => parse("money", text) as MicroUsd;

test("capital recovery factor, published table values", () => {
  expect(capitalRecoveryFactor(0.07, 5)).toBeCloseTo(0.24389, 5);
  expect(capitalRecoveryFactor(0.07, 14)).toBeCloseTo(0.11434, 5);
  expect(capitalRecoveryFactor(0.1, 10)).toBeCloseTo(0.16275, 5);
  expect(capitalRecoveryFactor(0, 5)).toBe(0.2);
});

/** Epoch AI's 1 GW model, 14 May 2026: IT life of 3, 5, 7 years gives 12, 8.5, 7 B USD a year; the fit is 25.5 + 12.5 B at 7 %. */
describe("Epoch's gigawatt", () => {
  test.each([
    [3, 12.05],
    [5, 8.55],
    [7, 7.06],
  ])("IT life %i years: %f B USD a year", (years, billions) => {
    const perHour =
      recoveredPerHour(usd("$25.5 B"), 0.07, years * YEAR_S) + recoveredPerHour(usd("$12.5 B"), 0.07, 14 * YEAR_S);
    const opex = 0.9;
    expect(Number(perHour * 8760n) / 1e15 + opex).toBeCloseTo(billions, 1);
  });
});

property.prop([
  fc.bigInt({ min: 0n, max: 10n ** 17n }),
  fc.double({ min: 0, max: 0.3, noNaN: true }),
  fc.integer({ min: 1, max: 40 }),
])("never less for a dearer rate or a shorter life", (capex, rate, years) => {
  const base = recoveredPerHour(capex as MicroUsd, rate, years * YEAR_S);
  expect(recoveredPerHour(capex as MicroUsd, rate + 0.01, years * YEAR_S) >= base).toBe(true);
  expect(recoveredPerHour(capex as MicroUsd, rate, (years + 1) * YEAR_S) <= base).toBe(true);
  expect(base >= 0n).toBe(true);
});
