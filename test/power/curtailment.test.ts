import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { CurtailmentPlan } from "../../components/power/power-types.ts";
import { curtailmentFaults } from "../../components/site/meaning/curtailment.ts";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";
import { minimalWith } from "../support/minimal-site.ts";
import { opening, reading } from "../support/sites.ts";

function called(text: string): CurtailmentPlan {
  const [call] = opening(text).plan.curtailment;
  if (call === undefined) throw new Error("no agreement");
  return call;
}
const stepsOf = (text: string) =>
  called(text).steps.map(({ saves, refused, used, gpus }) => ({ saves, refused, used, gpus }));

test("30 % of the lab at the meter: one endpoint is not enough, two are", () => {
  const call = called(curtailedLab());
  // 1136 kW of racks × 1.127 × PUE 1.2, × 30 %.
  expect([call.meter.known, call.required.known]).toEqual([1_536_327, 460_899]);
  // 256 and 224 GPUs × (142 kW ÷ 72 − 300 W).
  expect(stepsOf(curtailedLab())).toEqual([
    { saves: 428_088, refused: null, used: true, gpus: 256 },
    { saves: 374_577, refused: null, used: true, gpus: 224 },
  ]);
  expect(call.saved).toEqual({ known: 802_665, missing: [] });
  expect(call.lost).toEqual({
    endpoints: ["llama-70b", "deepseek-r1"],
    // 300 and 40 requests/s × 211.1 tokens: both carry more.
    knownPerSecond: 63_330 + 8_444,
    missing: [],
  });
});

describe("what it costs in tokens", () => {
  const lostOf = (...given: Parameters<typeof curtailedLab>) => called(curtailedLab(...given)).lost;

  test("is not known of an endpoint whose traffic is not", () => {
    expect(lostOf(CALL, SHED, ["peak: { value: 300 /s,", "peak: { value: unknown,"])).toEqual({
      endpoints: ["llama-70b", "deepseek-r1"],
      knownPerSecond: 8_444,
      missing: ["serving.endpoints[0]"],
    });
  });

  test("is no more than an endpoint carries", () => {
    const { knownPerSecond, missing } = lostOf(CALL, SHED.slice(0, 1), [
      "peak: { value: 300 /s,",
      "peak: { value: 30000 /s,",
    ]);
    expect(missing).toEqual([]);
    expect(knownPerSecond).toBeLessThan(1e6);
  });

  test("is not known of one that is only capped", () => {
    const cap =
      "{ pool: gb300, endpoint: llama-70b, action: power-cap, enforcedBy: dynamo-power-agent, perGpu: { value: 900 W, source: test LAB-CT-001 }, within: { value: 20 s, source: test LAB-CT-001 } }";
    expect(lostOf(CALL, [cap])).toEqual({
      endpoints: ["llama-70b"],
      knownPerSecond: 0,
      missing: ["serving.endpoints[0]"],
    });
  });
});

test("what is enough leaves the rest alone", () => {
  const call = called(curtailedLab(CALL.replace("30 %", "27 %")));
  expect(call.steps.map(({ used }) => used)).toEqual([true, false]);
  expect(call.lost.endpoints).toEqual(["llama-70b"]);
});

describe("a step that does not count", () => {
  const [first = ""] = SHED;
  test.each([
    ["enforced by nothing", first.replace("kueue", "nothing"), "nothing enforces it"],
    ["enforced by what cannot", first.replace("kueue", "dynamo-power-agent"), "dynamo-power-agent cannot do it"],
    ["at the limit of time", first.replace("20 s", "30 s"), null],
    ["a millisecond too slow", first.replace("20 s", "30.001 s"), "30.001 s are too slow"],
    ["for as long as is asked", first.replace(" }", " }").replace(/ }$/, ", longest: 3 h }"), null],
    ["a second too short", first.replace(/ }$/, ", longest: 10799 s }"), "it may not stay down for so long"],
  ])("%s", (_, step, refused) => {
    const [told] = stepsOf(curtailedLab(CALL, [step]));
    expect(told).toMatchObject({ refused, saves: refused === null ? 428_088 : 0 });
  });
});

describe("what is not known saves nothing for sure", () => {
  const [first = ""] = SHED;
  test.each([
    ["the idle power, in the catalog", first.replace(/perGpu: {.*?}, /, ""), ["catalog:systems/gb300-nvl72/idle"]],
    ["the idle power, of the site", first.replace("300 W", "unknown"), ["power.curtailment.shed[0].perGpu"]],
    ["the time", first.replace("20 s", "unknown"), ["power.curtailment.shed[0].within"]],
    ["how long it may last", first.replace(/ }$/, ", longest: unknown }"), ["power.curtailment.shed[0].longest"]],
    [
      "the least limit of the GPU",
      first.replace("suspend", "power-cap").replace("kueue", "dynamo-power-agent").replace("300 W", "900 W"),
      ["catalog:systems/gb300-nvl72/gpuPowerLeast"],
    ],
  ])("%s", (_, step, missing) => {
    const { steps, saved } = called(curtailedLab(CALL, [step]));
    expect(steps[0]).toMatchObject({ saves: null, missing });
    expect(saved).toEqual({ known: 0, missing });
  });
});

/** A pod of other systems, with one agreement and one step on its only pool. */
const other = (system: string, racks: number, agreement: string, step: string): string =>
  curtailedLab(
    agreement,
    [step],
    ["racksPerPod: 8", `racksPerPod: ${racks}`],
    ["system: gb300-nvl72", `system: ${system}`],
    ["value: 12.7 %", "value: 0 %"],
    ["pue: { value: 1.20", "pue: { value: 1.00"],
  ).replace(/ {2}endpoints:[\s\S]*?\n\ncost/, "  endpoints: []\n\ncost");

describe("published trials, as what a plan has to hold", () => {
  // Emerald AI, Phoenix, May 2025: 256 GPUs, −25 % for 3 h. arXiv 2507.00909. Eight racks of DGX H100, at PUE 1.
  const phoenix = (limit: string) =>
    called(
      other(
        "dgx-h100",
        8,
        "{ id: phoenix, reduction: 25 %, within: 15 min, duration: 3 h }",
        `{ pool: gb300, action: power-cap, enforcedBy: dynamo-power-agent, perGpu: ${limit}, within: 1 min }`,
      ),
    );
  test("256 GPUs at 381 W each take 25 % off; at 382 W they do not", () => {
    expect(phoenix("381 W")).toMatchObject({
      required: { known: 81_600, missing: [] },
      saved: { known: 81_664, missing: [] },
      steps: [{ gpus: 256, refused: null }],
    });
    expect(phoenix("382 W").saved.known).toBe(81_408);
  });
  test("a limit below what the GPU takes is clamped up to it, one above its power changes nothing", () => {
    expect([phoenix("100 W"), phoenix("200 W"), phoenix("900 W")].map(({ saved }) => saved.known)).toEqual([
      128_000, 128_000, 0,
    ]);
  });

  // Emerald AI with Nebius, London, December 2025: 96 Blackwell Ultra, more than 30 % within 30 s, up to 10 h.
  const london = (within: string) =>
    called(
      other(
        "dgx-b300",
        3,
        "{ id: london, reduction: 30 %, within: 30 s, duration: 10 h }",
        `{ pool: gb300, action: suspend, enforcedBy: kueue, perGpu: 700 W, within: ${within} }`,
      ),
    );
  test("96 GPUs suspended within 30 s take more than 30 % off; a second later they take nothing off in time", () => {
    expect(london("30 s")).toMatchObject({
      required: { known: 50_400, missing: [] },
      saved: { known: 100_800, missing: [] },
      steps: [{ gpus: 96 }],
    });
    expect(london("31 s").saved).toEqual({ known: 0, missing: [] });
  });
});

const ways = fc.array(
  fc.record({
    endpoint: fc.constantFrom("", ", endpoint: llama-70b", ", endpoint: deepseek-r1"),
    idle: fc.integer({ min: 0, max: 2_500 }),
    within: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 5 },
);
const shedOf = (given: readonly { endpoint: string; idle: number; within: number }[]) =>
  given.map(
    ({ endpoint, idle, within }) =>
      `{ pool: gb300${endpoint}, action: suspend, enforcedBy: kueue, perGpu: ${idle} W, within: ${within} s }`,
  );

property.prop([ways], { numRuns: 60 })(
  "no GPU is suspended twice, and nothing saves more than the pool draws",
  (given) => {
    const { steps, saved } = called(curtailedLab(CALL.replace("30 %", "100 %"), shedOf(given)));
    const acting = steps.filter(({ used, refused }) => used && refused === null);
    expect(acting.reduce((sum, { gpus }) => sum + (gpus ?? 0), 0)).toBeLessThanOrEqual(576);
    expect(saved.known).toBeLessThanOrEqual(1_136_000);
    expect(steps.every(({ saves }) => saves !== null && saves >= 0)).toBe(true);
  },
);

property.prop([ways, fc.nat(4)], { numRuns: 60 })(
  "a time that becomes unknown adds nothing that is sure",
  (given, at) => {
    const shed = shedOf(given);
    const blind = shed.map((step, index) => (index === at ? step.replace(/within: \d+ s/, "within: unknown") : step));
    const agreement = CALL.replace("30 %", "100 %");
    expect(called(curtailedLab(agreement, blind)).saved.known).toBeLessThanOrEqual(
      called(curtailedLab(agreement, shed)).saved.known,
    );
  },
);

test("an agreement counts from the load that stands when it starts", () => {
  const quarters = (from: string) =>
    opening(curtailedLab(CALL.replace("id: call", `id: call, from: ${from}`))).plan.curtailment.map(
      ({ quarter }) => quarter,
    );
  expect([quarters("2026-Q1"), quarters("2030-Q1")]).toEqual([["2026-Q4"], ["2026-Q4"]]);
});

test("an endpoint of another pool, or of none, is a fault", () => {
  const read = reading(curtailedLab(CALL, [SHED[0].replace("llama-70b", "lama-70b")]));
  expect(read.ok ? [] : read.faults.map(({ problem, fix }) => [problem, fix])).toEqual([
    ["unknown endpoint", "did you mean llama-70b?"],
  ]);
  const elsewhere = minimalWith([
    "  generation:\n",
    "  curtailment:\n    agreements: []\n    shed:\n      - { pool: large, endpoint: chat, action: suspend, enforcedBy: kueue, within: 1 s }\n  generation:\n",
  ]);
  expect(curtailmentFaults(parse(elsewhere))).toMatchObject([
    { path: "power.curtailment.shed[0].endpoint", got: "chat, on small", allowed: "an endpoint on large" },
  ]);
});
