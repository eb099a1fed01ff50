import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { SCHEMES } from "../../components/power/schema.ts";
import { survivors } from "../../components/power/scheme.ts";

/** Usable fractions as published: N 100 %, 2N 50 %, 3N/2 66.7 %, 4N/3 75 %; 3N/2 is three units for two, not two for three. */
test.each([
  ["N", 4, 4],
  ["N+1", 15, 14],
  ["N+1", 1, 0],
  ["2N", 2, 1],
  ["2N", 5, 2],
  ["3N/2", 3, 2],
  ["3N/2", 6, 4],
  ["4N/3", 4, 3],
  ["4N/3", 8, 6],
] as const)("%s of %i leaves %i", (scheme, installed, left) => {
  expect(survivors(scheme, installed)).toBe(left);
});

property.prop([fc.constantFrom(...SCHEMES), fc.integer({ min: 1, max: 1_000 })])(
  "more elements never leave fewer",
  (scheme, installed) => {
    expect(survivors(scheme, installed + 1)).toBeGreaterThanOrEqual(survivors(scheme, installed));
    expect(survivors(scheme, installed)).toBeLessThanOrEqual(installed);
  },
);
