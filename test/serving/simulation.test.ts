import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  erlangC,
  meanWaitS,
  singleServerWaitS,
  waitPercentileS,
} from "../../components/serving/queueing/closed-forms.ts";
import { steadyState } from "../../components/serving/queueing/steady-state.ts";
import type { Replica, StepTime } from "../../components/serving/simulation/replica.ts";
import { type Percentiles, simulate } from "../../components/serving/simulation/simulate.ts";
import { type Arrival, drawArrivals } from "../../components/serving/traffic/arrivals.ts";
import { seeded } from "../../components/serving/traffic/random.ts";
import { naiveEngine } from "../support/naive-engine.ts";

/** A replica without limits: what a test needs is set by it. */
const replicaOf = (stepTime: StepTime, limits: Partial<Replica> = {}): Replica => ({
  stepTime,
  maxSequences: 1e6,
  keyValueTokens: 1e12,
  maxBatchedTokens: 1e9,
  prefixHitRate: 0,
  tokensPerStep: 1,
  promptPassS: 0,
  requestOverheadS: 0,
  ...limits,
});

/** Poisson arrivals whose answers have exponential lengths of that mean, long enough that whole tokens do not show. */
function exponentialAnswers(
  requests: number,
  requestsPerS: number,
  meanTokens: number,
  seed: number,
): readonly Arrival[] {
  const random = seeded(seed);
  let atS = 0;
  return Array.from({ length: requests }, () => {
    atS += random.exponential() / requestsPerS;
    return { atS, inputTokens: 1, outputTokens: 1 + Math.max(1, Math.round(meanTokens * random.exponential())) };
  });
}

/** Prompts cost nothing, a step of decoding 5 ms: a request of 201 tokens holds its place for a second. */
const decodeOnly: StepTime = ({ decodeSequences }) => (decodeSequences > 0 ? 0.005 : 1e-9);
const fixed = (tokens: number) => ({ kind: "fixed", tokens }) as const;

/** Mean of a figure over runs of different seeds: one run of a busy queue strays by several per cent. */
function overSeeds(figure: (seed: number) => number | undefined): number {
  const seeds = [1, 21, 41, 61, 81, 101];
  return seeds.reduce((sum, seed) => sum + (figure(seed) ?? Number.NaN), 0) / seeds.length;
}

describe("against queueing theory, mean of six runs within 5 %, P99 within 10 %", () => {
  test.each([
    { servers: 1, rho: 0.5 },
    { servers: 4, rho: 0.7 },
    { servers: 16, rho: 0.8 },
  ])("M/M/$servers at load $rho: mean wait and its tail", ({ servers, rho }) => {
    const queue = { arrivalsPerS: rho * servers, serviceS: 1, servers };
    const runs = new Map<number, Percentiles | null>();
    const waits = (seed: number) => {
      const before = runs.get(seed);
      if (before !== undefined) return before;
      const arrivals = exponentialAnswers(50_000, rho * servers, 200, seed);
      const { timeToFirstToken } = simulate(arrivals, replicaOf(decodeOnly, { maxSequences: servers }));
      runs.set(seed, timeToFirstToken);
      return timeToFirstToken;
    };
    // With other places taken, who finds one free joins at the next step: half a step later on the mean.
    const joinsS = servers > 1 ? 0.0025 * (1 - erlangC(servers, rho * servers)) : 0;
    expect((overSeeds((seed) => waits(seed)?.mean) - joinsS) / meanWaitS(queue)).toBeCloseTo(1, 1);
    expect(overSeeds((seed) => waits(seed)?.p95) / waitPercentileS(queue, 0.95)).toBeCloseTo(1, 1);
    expect(Math.abs(overSeeds((seed) => waits(seed)?.p99) / waitPercentileS(queue, 0.99) - 1)).toBeLessThan(0.1);
  });

  const perToken: StepTime = ({ prefillTokens }) => prefillTokens * 0.001;
  test.each([
    { queue: "M/D/1", rho: 0.3, input: fixed(100), variation: 0 },
    { queue: "M/D/1", rho: 0.6, input: fixed(100), variation: 0 },
    { queue: "M/D/1", rho: 0.8, input: fixed(100), variation: 0 },
    { queue: "M/G/1", rho: 0.6, input: { kind: "spread", mean: 100, variation: 0.96 } as const, variation: 0.96 },
  ])("$queue at load $rho: one prompt at a time, one token out", ({ rho, input, variation }) => {
    const traffic = { requestsPerS: rho / 0.1, burstiness: 1, input, output: fixed(1) };
    const served = (seed: number) =>
      simulate(drawArrivals(traffic, 60_000, seed), replicaOf(perToken, { maxSequences: 1 }));
    const wait = overSeeds((seed) => served(seed).timeToFirstToken?.mean) - 0.1;
    expect(wait / singleServerWaitS(rho / 0.1, 0.1, variation)).toBeCloseTo(1, 1);
    expect(served(1).busy).toBeCloseTo(rho, 1);
  });

  const shared: StepTime = ({ decodeSequences }) => 1e-9 + 0.005 * decodeSequences;
  test.each([0.5, 0.8])("M/M/1 processor sharing at load %f: a request takes 1/(1 − ρ) of its time alone", (rho) => {
    const served = (seed: number) => simulate(exponentialAnswers(30_000, rho, 200, seed), replicaOf(shared));
    expect(overSeeds((seed) => served(seed).endToEnd?.mean) * (1 - rho)).toBeCloseTo(1, 1);
    expect(overSeeds((seed) => served(seed).meanSequences * served(seed).busy) * (1 - rho)).toBeCloseTo(rho, 1);
  });

  test("processor sharing does not depend on how lengths spread: all alike take as long", () => {
    const traffic = { requestsPerS: 0.7, burstiness: 1, input: fixed(1), output: fixed(201) };
    const served = (seed: number) => simulate(drawArrivals(traffic, 30_000, seed), replicaOf(shared));
    expect(overSeeds((seed) => served(seed).endToEnd?.mean) * 0.3).toBeCloseTo(1, 1);
  });

  test("M/D/∞: without limits Little's law, and no token waits", () => {
    const traffic = { requestsPerS: 20, burstiness: 1, input: fixed(1), output: fixed(201) };
    const served = simulate(drawArrivals(traffic, 60_000, 2), replicaOf(decodeOnly));
    expect(served.meanSequences / 20).toBeCloseTo(1, 1);
    expect(served.timePerOutputToken?.p99).toBeCloseTo(0.005, 4);
  });

  test("replicas behind the shortest queue wait longer than one queue for all, and shorter than queues of their own", () => {
    const arrivals = exponentialAnswers(60_000, 3.2, 200, 9);
    const wait = simulate(arrivals, replicaOf(decodeOnly, { maxSequences: 1 }), 4).timeToFirstToken?.mean;
    expect(wait).toBeGreaterThan(meanWaitS({ arrivalsPerS: 3.2, serviceS: 1, servers: 4 }));
    expect(wait).toBeLessThan(meanWaitS({ arrivalsPerS: 0.8, serviceS: 1, servers: 1 }));
  });
});

/** A dense model by rough numbers: weights, context, prompt tokens. */
const plausible: StepTime = ({ prefillTokens, prefillPairs, decodeSequences, contextTokens }) =>
  0.012 + prefillTokens * 6e-5 + prefillPairs * 2e-10 + decodeSequences * 4e-5 + contextTokens * 3e-8;

const chat = (requestsPerS: number, requests: number, seed = 1) =>
  drawArrivals(
    {
      requestsPerS,
      burstiness: 1.09,
      input: { kind: "spread", mean: 1_155, variation: 0.96 },
      output: { kind: "spread", mean: 211, variation: 0.77 },
    },
    requests,
    seed,
  );

test.each([
  { limits: {}, evicts: false },
  { limits: { maxBatchedTokens: 512 }, evicts: false },
  { limits: { maxSequences: 16, maxBatchedTokens: 2_048 }, evicts: false },
  { limits: { keyValueTokens: 20_000, maxBatchedTokens: 1_024 }, evicts: true },
])("gives what the engine gives when written as its definition reads: $limits", ({ limits, evicts }) => {
  const arrivals = chat(4, 600, 4);
  const replica = replicaOf(plausible, limits);
  const naive = naiveEngine(arrivals, replica);
  const served = simulate(arrivals, replica);
  const counted = (values: readonly number[]) => values.slice(60).sort((left, right) => left - right);
  const mean = (values: readonly number[]) => values.slice(60).reduce((sum, value) => sum + value, 0) / 540;
  expect((served.timeToFirstToken?.mean ?? 0) / mean(naive.firstTokenS)).toBeCloseTo(1, 2);
  expect((served.endToEnd?.mean ?? 0) / mean(naive.endS)).toBeCloseTo(1, 2);
  expect((served.timeToFirstToken?.p99 ?? 0) / (counted(naive.firstTokenS)[534] ?? 0)).toBeCloseTo(1, 2);
  expect(served.evictions).toBe(naive.evictions);
  expect(naive.evictions > 0).toBe(evicts);
});

test("every token of every request comes, through evictions and chunked prompts too", () => {
  const arrivals = chat(4, 3_000, 4);
  const tokens = arrivals.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  const seen = simulate(
    arrivals,
    replicaOf(plausible, { maxBatchedTokens: 512, keyValueTokens: 26_000, maxSequences: 32 }),
  );
  expect(seen.evictions).toBeGreaterThan(0);
  const span = (arrivals.at(-1)?.atS ?? 0) - (arrivals[300]?.atS ?? 0);
  expect(seen.outputTokensPerS * span).toBeLessThanOrEqual(tokens);
  expect(seen.requests).toBe(2_700);
});

test("a request longer than the cache is refused and counted, and the rest goes on", () => {
  const arrivals = [100, 5_000, 100].map((inputTokens, index) => ({ atS: index, inputTokens, outputTokens: 10 }));
  const served = simulate(arrivals, replicaOf(plausible, { keyValueTokens: 1_000 }));
  expect(served.refused).toBe(1);
  expect(served.requests).toBe(2);
});

test("no requests, no figures", () => {
  expect(simulate([], replicaOf(plausible))).toMatchObject({
    requests: 0,
    timeToFirstToken: null,
    outputTokensPerS: 0,
  });
});

test("a replica that cannot run a sequence is refused", () => {
  expect(() => simulate(chat(1, 10), replicaOf(plausible, { maxSequences: 0 }))).toThrow(RangeError);
  expect(() => simulate(chat(1, 10), replicaOf(plausible), 0)).toThrow(RangeError);
});

test("a found prefix is not computed: with all of it, only the last token", () => {
  const computed: number[] = [];
  const watching: StepTime = (step) => {
    computed.push(step.prefillTokens);
    return plausible(step);
  };
  simulate(chat(1, 50), replicaOf(watching, { prefixHitRate: 1 }));
  expect(Math.max(...computed)).toBeLessThanOrEqual(2);
  expect(computed.reduce((sum, tokens) => sum + tokens, 0)).toBe(50);
});

property.prop(
  [
    fc.integer({ min: 1, max: 1_000 }),
    fc.double({ min: 0.1, max: 12, noNaN: true }),
    fc.integer({ min: 1, max: 64 }),
    fc.integer({ min: 64, max: 8_192 }),
    fc.integer({ min: 3_000, max: 60_000 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 1, max: 4, noNaN: true }),
  ],
  { numRuns: 60 },
)(
  "whatever the limits: it ends, percentiles rise, nothing is negative",
  (seed, rate, maxSequences, maxBatchedTokens, keyValueTokens, prefixHitRate, tokensPerStep) => {
    const served = simulate(
      chat(rate, 300, seed),
      replicaOf(plausible, { maxSequences, maxBatchedTokens, keyValueTokens, prefixHitRate, tokensPerStep }),
      1 + (seed % 3),
    );
    expect(served.requests + served.refused).toBeGreaterThanOrEqual(270 - served.refused);
    for (const spread of [served.timeToFirstToken, served.interToken, served.timePerOutputToken, served.endToEnd]) {
      if (spread === null) continue;
      expect(spread.p50).toBeLessThanOrEqual(spread.p95);
      expect(spread.p95).toBeLessThanOrEqual(spread.p99);
      expect(spread.p50).toBeGreaterThanOrEqual(0);
    }
    expect(served.meanSequences).toBeLessThanOrEqual(maxSequences);
    expect(served.busy).toBeLessThanOrEqual(1);
  },
);

test("the same requests give the same answer, and more of them wait no less", () => {
  const limits = { maxSequences: 32, maxBatchedTokens: 2_048, keyValueTokens: 60_000 };
  const at = (rate: number) => simulate(chat(rate, 4_000), replicaOf(plausible, limits));
  expect(at(3)).toEqual(at(3));
  const p95 = [1, 3, 5, 8].map((rate) => at(rate).timeToFirstToken?.p95 ?? 0);
  expect(p95).toEqual([...p95].sort((left, right) => left - right));
});

test("a prompt that passes further stages comes later by as much, and holds up nobody", () => {
  const arrivals = drawArrivals({ requestsPerS: 3, burstiness: 1, input: fixed(1_000), output: fixed(50) }, 2_000, 4);
  const at = (promptPassS: number) => simulate(arrivals, replicaOf(plausible, { promptPassS }));
  const [alone, passed] = [at(0), at(1e-4)];
  expect(passed.interToken).toEqual(alone.interToken);
  expect((passed.timeToFirstToken?.p50 ?? 0) - (alone.timeToFirstToken?.p50 ?? 0)).toBeCloseTo(0.1, 2);
});

describe("the fixed point of the first screen", () => {
  const limits = { maxSequences: 64, maxBatchedTokens: 8_192, requestOverheadS: 0.01 };
  const lengthsOf = { inputTokens: 1_000, outputTokens: 250 };
  const simulated = (requestsPerS: number) =>
    simulate(
      drawArrivals({ requestsPerS, burstiness: 1, input: fixed(1_000), output: fixed(250) }, 8_000, 6),
      replicaOf(plausible, limits),
    );

  test.each([0.2, 1, 3, 5])(
    "at %f requests/s: gaps within 10 %, first token within 25 % of the simulation",
    (requestsPerS) => {
      const steady = steadyState(replicaOf(plausible, limits), { requestsPerS, ...lengthsOf });
      const served = simulated(requestsPerS);
      if (steady.kind !== "steady") throw new Error(steady.why);
      expect(Math.abs(steady.interTokenS / (served.interToken?.mean ?? 0) - 1)).toBeLessThan(0.1);
      expect(Math.abs(steady.timeToFirstTokenS / (served.timeToFirstToken?.mean ?? 0) - 1)).toBeLessThan(0.25);
      expect(steady.full).toBeLessThan(0.05);
    },
  );

  test("refuses what has no steady state, and names what is short", () => {
    const at = (requestsPerS: number, more: Partial<Replica> = {}) =>
      steadyState(replicaOf(plausible, { ...limits, ...more }), { requestsPerS, ...lengthsOf });
    expect(at(50)).toEqual({ kind: "overloaded", why: "prompts" });
    expect(at(5, { maxSequences: 4 })).toEqual({ kind: "overloaded", why: "sequences" });
    expect(at(5, { keyValueTokens: 5_000 })).toEqual({ kind: "overloaded", why: "sequences" });
    expect(at(1e-9)).toMatchObject({ kind: "steady", full: 0 });
  });
});
