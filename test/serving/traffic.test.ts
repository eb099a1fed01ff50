import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { drawArrivals } from "../../components/serving/traffic/arrivals.ts";
import { type Lengths, meanLength, normalScore } from "../../components/serving/traffic/lengths.ts";
import { seeded } from "../../components/serving/traffic/random.ts";
import { statisticsOf, trafficLike } from "../../components/serving/traffic/statistics.ts";
import { azureConversation } from "../support/azure-trace.ts";

describe("the Azure conversation trace of November 2023", () => {
  const measured = statisticsOf(azureConversation());

  test("has the statistics that are published of it", () => {
    expect(measured.requests).toBe(19_366);
    expect(measured.durationS).toBeCloseTo(3_502, 0);
    expect(measured.requestsPerS).toBeCloseTo(5.53, 2);
    expect(measured.burstiness).toBeCloseTo(1.09, 2);
    expect(measured.peakToMean?.second).toBeCloseTo(2.89, 2);
    // 1.53 or 1.54 by where the windows start.
    expect(measured.peakToMean?.minute).toBeCloseTo(1.54, 1);
    expect(measured.peakToMean?.tenMinutes).toBeCloseTo(1.28, 1);
    expect(measured.input).toMatchObject({ p50: 1_020, p90: 2_734.5, max: 14_050 });
    expect(measured.input.p99).toBeCloseTo(4_142, 0);
    expect(measured.input.mean).toBeCloseTo(1_154.7, 1);
    expect(measured.input.variation).toBeCloseTo(0.96, 2);
    expect(measured.output).toMatchObject({ p50: 129, p90: 424, p99: 601, max: 1_000 });
    expect(measured.output.mean).toBeCloseTo(211.1, 1);
    expect(measured.output.variation).toBeCloseTo(0.77, 2);
  });

  test("is drawn again from them: rate, burstiness and means, and every quantile within a quarter", () => {
    const drawn = statisticsOf(drawArrivals(trafficLike(measured, 5.53), 60_000, 1));
    expect((drawn.requestsPerS ?? 0) / 5.53).toBeCloseTo(1, 1);
    expect(drawn.burstiness ?? 0).toBeCloseTo(1.09, 1);
    for (const side of ["input", "output"] as const) {
      for (const quantile of ["p50", "p90", "p99"] as const) {
        expect(Math.abs(drawn[side][quantile] / measured[side][quantile] - 1)).toBeLessThan(0.25);
      }
      expect(drawn[side].max).toBeLessThanOrEqual(measured[side].max);
      expect(Math.abs(drawn[side].mean / measured[side].mean - 1)).toBeLessThan(0.02);
    }
  });
});

/** The widest of the public traces: the mean is the stated one, whatever the quantiles alone would give. */
test.each([
  { trace: "Azure code, input", p50: 1_469, p90: 5_187, p99: 7_436, max: 7_437, mean: 2_047.8 },
  { trace: "Mooncake conversation, input", p50: 6_909, p90: 27_367, p99: 85_400, max: 126_195, mean: 12_035.1 },
  { trace: "Mooncake synthetic, input", p50: 11_587, p90: 38_611, p99: 66_456, max: 191_378, mean: 15_325.5 },
  { trace: "Mooncake conversation, output", p50: 350, p90: 597, p99: 1_118, max: 2_000, mean: 342.6 },
  { trace: "arXiv, input", p50: 2_730, p90: 3_702, p99: 3_933, max: 4_054, mean: 2_588.1 },
])("$trace: mean within 3 %, quantiles within a quarter", ({ trace: _, ...stated }) => {
  const input = { kind: "quantiles", ...stated } as const;
  const traffic = { requestsPerS: 1, burstiness: 1, input, output: { kind: "fixed", tokens: 1 } } as const;
  const drawn = statisticsOf(drawArrivals(traffic, 60_000, 2)).input;
  expect(Math.abs(drawn.mean / meanLength(input) - 1)).toBeLessThan(0.03);
  for (const quantile of ["p50", "p90", "p99"] as const) {
    expect(Math.abs(drawn[quantile] / stated[quantile] - 1)).toBeLessThan(0.25);
  }
});

test.each([0, 0.5, 1, 3.03])("gaps of variation %f", (burstiness) => {
  const fixed = { kind: "fixed", tokens: 1 } as const;
  const drawn = statisticsOf(drawArrivals({ requestsPerS: 4, burstiness, input: fixed, output: fixed }, 80_000, 17));
  expect(Math.abs((drawn.burstiness ?? Number.NaN) - burstiness)).toBeLessThan(0.1);
  expect((drawn.requestsPerS ?? 0) / 4).toBeCloseTo(1, 1);
});

test("a day's shape: three times the rate by day, and the mean as asked", () => {
  const fixed = { kind: "fixed", tokens: 1 } as const;
  const arrivals = drawArrivals(
    { requestsPerS: 2, burstiness: 1, input: fixed, output: fixed, day: [1, 3] },
    345_600,
    3,
  );
  const night = arrivals.filter(({ atS }) => atS % 86_400 < 43_200).length;
  expect((arrivals.length - night) / night).toBeCloseTo(3, 1);
  expect((arrivals.at(-1)?.atS ?? 0) / 172_800).toBeCloseTo(1, 1);
});

test("a trace of one moment has lengths and no rate; a trace without requests is none", () => {
  const request = { atS: 5, inputTokens: 10, outputTokens: 3 };
  expect(statisticsOf([request, request])).toMatchObject({
    requests: 2,
    requestsPerS: null,
    burstiness: null,
    peakToMean: null,
  });
  expect(() => statisticsOf([])).toThrow(RangeError);
});

test("normal scores, table values", () => {
  expect(normalScore(0.5)).toBeCloseTo(0, 3);
  expect(normalScore(0.9)).toBeCloseTo(1.2816, 3);
  expect(normalScore(0.99)).toBeCloseTo(2.3263, 3);
  expect(normalScore(0.01)).toBeCloseTo(-2.3263, 3);
});

test("near seeds give streams of their own: means of their first numbers spread as chance would", () => {
  const firsts = Array.from({ length: 400 }, (_, seed) => seeded(seed).uniform());
  const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
  expect(mean).toBeCloseTo(0.5, 1);
  expect(new Set(firsts).size).toBe(400);
});

const lengths: fc.Arbitrary<Lengths> = fc.oneof(
  fc.integer({ min: 1, max: 1e6 }).map((tokens) => ({ kind: "fixed", tokens }) as const),
  fc
    .tuple(fc.integer({ min: 1, max: 1e5 }), fc.double({ min: 0, max: 5, noNaN: true }))
    .map(([mean, variation]) => ({ kind: "spread", mean, variation }) as const),
  fc
    .array(fc.integer({ min: 1, max: 1e5 }), { minLength: 4, maxLength: 4 })
    .map((values) => values.sort((left, right) => left - right))
    .map(
      ([p50 = 1, p90 = 1, p99 = 1, max = 1]) =>
        ({ kind: "quantiles", mean: (p50 + p90) / 2, p50, p90, p99, max }) as const,
    ),
);

property.prop([lengths, lengths, fc.double({ min: 0, max: 20, noNaN: true }), fc.integer()])(
  "lengths are whole and at least 1, times never fall, the seed decides",
  (input, output, burstiness, seed) => {
    const traffic = { requestsPerS: 3, burstiness, input, output };
    const arrivals = drawArrivals(traffic, 50, seed);
    expect(drawArrivals(traffic, 50, seed)).toEqual(arrivals);
    for (const [index, { atS, inputTokens, outputTokens }] of arrivals.entries()) {
      expect(Number.isFinite(atS) && atS >= (arrivals[index - 1]?.atS ?? 0)).toBe(true);
      expect(Number.isInteger(inputTokens) && inputTokens >= 1).toBe(true);
      expect(Number.isInteger(outputTokens) && outputTokens >= 1).toBe(true);
    }
  },
);
