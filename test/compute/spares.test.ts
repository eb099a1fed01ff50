import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { atMostDown, meanDown, sparesFor } from "../../components/compute/spares.ts";

describe("published figures", () => {
  // Slurm block topology on NVL72: a tray is there with 0.99.
  test.each([
    [0, 0.8345],
    [1, 0.9862],
    [2, 0.99927],
  ])("of 18 trays at most %i down: %f", (most, probability) => {
    expect(atMostDown(18, most, 0.01)).toBeCloseTo(probability, probability > 0.99 ? 5 : 4);
  });

  // Meta, Revisiting Reliability (arXiv 2410.21680): failures a thousand node-days on RSC-1 and RSC-2.
  test.each([
    [6.5, 3, 39.936, 61],
    [2.34, 1, 4.79232, 13],
  ])("2,048 nodes at %f, %i days of repair: %f down, %i spares for 99.9 %%", (rate, days, mean, spares) => {
    const down = meanDown({ units: 2_048, nodes: 1, tolerated: 0 }, rate / 1_000, days);
    expect(down).toBeCloseTo(mean, 9);
    expect(sparesFor(down, 0.999)).toBe(spares);
  });
});

/** Every subset of the units, one by one. */
function byHand(units: number, most: number, down: number): number {
  let sum = 0;
  for (let subset = 0; subset < 2 ** units; subset++) {
    const count = subset.toString(2).replaceAll("0", "").length;
    if (count <= most) sum += down ** count * (1 - down) ** (units - count);
  }
  return sum;
}

/** Poisson by its definition, with factorials. */
function poissonAtMost(mean: number, most: number): number {
  let sum = 0;
  let factorial = 1;
  for (let count = 0; count <= most; count++) {
    if (count > 0) factorial *= count;
    sum += (Math.exp(-mean) * mean ** count) / factorial;
  }
  return sum;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

property.prop([fc.integer({ min: 1, max: 10 }), fc.nat({ max: 11 }), share])(
  "the binomial agrees with all subsets",
  (units, most, down) => {
    expect(atMostDown(units, most, down)).toBeCloseTo(byHand(units, most, down), 9);
  },
);

property.prop([fc.double({ min: 0.001, max: 60, noNaN: true }), fc.double({ min: 0.5, max: 0.9999, noNaN: true })])(
  "spares are the fewest that are enough",
  (mean, assurance) => {
    const spares = sparesFor(mean, assurance);
    expect(poissonAtMost(mean, spares)).toBeGreaterThan(assurance - 1e-9);
    if (spares > 0) expect(poissonAtMost(mean, spares - 1)).toBeLessThan(assurance + 1e-9);
  },
);

property.prop([fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0.5, max: 0.9999, noNaN: true })])(
  "more units, or a surer answer, never need fewer spares",
  (mean, assurance) => {
    expect(sparesFor(mean + 1, assurance)).toBeGreaterThanOrEqual(sparesFor(mean, assurance));
    expect(sparesFor(mean, Math.min(0.9999, assurance + 0.01))).toBeGreaterThanOrEqual(
      sparesFor(mean, Math.min(assurance, 0.9999)),
    );
  },
);

test("a million nodes and certainty itself come to an end", () => {
  expect(sparesFor(20_000, 0.999)).toBeGreaterThan(20_000);
  expect(sparesFor(5, 1)).toBeLessThan(100);
  expect(sparesFor(0, 0.999)).toBe(0);
});

test("a rack is down once more nodes are than it tolerates", () => {
  const rack = { units: 8, nodes: 18, tolerated: 2 };
  expect(meanDown(rack, 0, 3)).toBe(0);
  expect(meanDown(rack, 1, 1)).toBeCloseTo(8 * (1 - atMostDown(18, 2, 0.5)), 12);
});
