import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  burstyWaitS,
  erlangB,
  erlangC,
  meanWaitS,
  poissonAbove,
  singleServerWaitS,
  waitPercentileS,
} from "../../components/serving/queueing/closed-forms.ts";

describe("published values", () => {
  test("Erlang B: 10 erlang on 15 lines block 3.65 % of the calls", () => {
    expect(erlangB(15, 10)).toBeCloseTo(0.0365, 4);
  });

  test.each([
    { servers: 4, waits: 0.596, meanS: 0.298, p95S: 1.24, p99S: 2.04 },
    { servers: 5, waits: 0.289, meanS: 0.064, p95S: 0.39, p99S: 0.75 },
    { servers: 6, waits: 0.127, meanS: 0.018, p95S: 0.13, p99S: 0.36 },
  ])("M/M/$servers at 8/s, 2.5/s a server", ({ servers, waits, meanS, p95S, p99S }) => {
    const queue = { arrivalsPerS: 8, serviceS: 1 / 2.5, servers };
    expect(erlangC(servers, 3.2)).toBeCloseTo(waits, 2);
    expect(meanWaitS(queue)).toBeCloseTo(meanS, 3);
    expect(waitPercentileS(queue, 0.95)).toBeCloseTo(p95S, 2);
    expect(waitPercentileS(queue, 0.99)).toBeCloseTo(p99S, 2);
  });

  test.each([
    { variation: 1.09, waitS: 0.326 },
    { variation: 3.03, waitS: 1.52 },
  ])("bursts of variation $variation wait $waitS s where Poisson waits 0.298 s", ({ variation, waitS }) => {
    expect(burstyWaitS({ arrivalsPerS: 8, serviceS: 0.4, servers: 4 }, variation, 1)).toBeCloseTo(waitS, 2);
  });

  test("15.7 sequences on a mean exceed 22 in 4.9 % of the time", () => {
    expect(poissonAbove(15.7, 22)).toBeCloseTo(0.049, 3);
  });
});

test("no steady state: an endless wait, never a negative one", () => {
  expect(meanWaitS({ arrivalsPerS: 4, serviceS: 0.5, servers: 2 })).toBe(Number.POSITIVE_INFINITY);
  expect(waitPercentileS({ arrivalsPerS: 5, serviceS: 0.5, servers: 2 }, 0.95)).toBe(Number.POSITIVE_INFINITY);
  expect(singleServerWaitS(2, 0.5, 0)).toBe(Number.POSITIVE_INFINITY);
});

const load = fc.double({ min: 0.01, max: 0.97, noNaN: true });

property.prop([load, fc.double({ min: 0.001, max: 100, noNaN: true })])(
  "M/G/1 of variation 1 is M/M/1, and of variation 0 waits half as long",
  (rho, serviceS) => {
    const arrivalsPerS = rho / serviceS;
    const exponential = meanWaitS({ arrivalsPerS, serviceS, servers: 1 });
    expect(singleServerWaitS(arrivalsPerS, serviceS, 1) / exponential).toBeCloseTo(1, 9);
    expect(singleServerWaitS(arrivalsPerS, serviceS, 0) / exponential).toBeCloseTo(0.5, 9);
  },
);

property.prop([fc.integer({ min: 1, max: 500 }), load])(
  "more servers at one load per server wait less",
  (servers, rho) => {
    const wait = (count: number) => meanWaitS({ arrivalsPerS: count * rho, serviceS: 1, servers: count });
    expect(wait(servers + 1)).toBeLessThanOrEqual(wait(servers));
    expect(wait(servers)).toBeGreaterThanOrEqual(0);
  },
);

property.prop([fc.double({ min: 0, max: 3_000, noNaN: true }), fc.integer({ min: 0, max: 4_000 })])(
  "a probability, falling with the limit",
  (mean, most) => {
    const above = poissonAbove(mean, most);
    expect(above).toBeGreaterThanOrEqual(0);
    expect(above).toBeLessThanOrEqual(1);
    expect(poissonAbove(mean, most + 1)).toBeLessThanOrEqual(above + 1e-9);
  },
);
