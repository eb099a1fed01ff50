import { describe, expect, test } from "vitest";
import type { CapacityOutcome, Interval } from "../../components/serving/capacity-plan.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const lab = opening(siteText("lab")).plan;
const outcomeOf = (endpoint: string, text: string): CapacityOutcome | undefined =>
  opening(text).plan.capacity.find((each) => each.endpoint === endpoint)?.outcome;
const PEAK = "peak: { value: 300 /s,";

function predicted(outcome: CapacityOutcome | undefined) {
  if (outcome?.kind !== "predicted") throw new Error(`not predicted: ${JSON.stringify(outcome)}`);
  return outcome;
}

const isOrdered = ({ low, value, high }: Interval): boolean => 0 < low && low <= value && value <= high;

describe("what the lab's endpoints carry", () => {
  const capacities = lab.capacity.map(({ endpoint, outcome }) => ({ endpoint, ...predicted(outcome) }));

  test.each(capacities)("$endpoint: every figure stands in its interval", ({ outputTokensPerS, energy, atPeak }) => {
    const { joulesPerOutputToken, tokensPerSPerMwIt, tokensPerSPerMwSite } = energy;
    const figures = [outputTokensPerS, joulesPerOutputToken, tokensPerSPerMwIt, tokensPerSPerMwSite];
    const times = [atPeak?.timeToFirstTokenS, atPeak?.interTokenS];
    expect([...figures, ...times].map((each) => each != null && isOrdered(each))).toEqual(Array(6).fill(true));
  });

  test.each(capacities)("$endpoint: a million tokens cost the GPUs for the time that they take", (capacity) => {
    const endpoint = lab.endpoints.find(({ id }) => id === capacity.endpoint);
    const hours = 1e6 / capacity.outputTokensPerS.value / 3_600;
    const cost = Number(lab.cost.perGpuHour) * (endpoint?.gpus ?? 0) * hours;
    expect(Number(capacity.usdPerMillionTokens?.value)).toBe(Math.ceil(cost));
  });

  test.each(capacities)("$endpoint: input and output at their cost are the whole cost", (capacity) => {
    const { demand, comparison, usdPerMillionTokens } = capacity;
    const costs = comparison?.tokenCosts;
    const shared = (Number(costs?.input) * demand.inputTokens) / demand.outputTokens + Number(costs?.output);
    expect(shared / Number(usdPerMillionTokens?.value)).toBeCloseTo(1, 4);
  });
});

test("what is not known is named, and nothing is predicted", () => {
  expect(outcomeOf("llama-70b", labWith([PEAK, "peak: { value: unknown,"]))).toEqual({
    kind: "unknown",
    missing: ["serving.endpoints[0].traffic.peak"],
  });
});

test("weights that do not fit are refused with the reason", () => {
  const narrow = labWith([
    "precision: nvfp4\n      replicas: 14\n      nodesPerReplica: 4",
    "precision: bf16\n      replicas: 14\n      nodesPerReplica: 1",
  ]);
  expect(outcomeOf("deepseek-r1", narrow)).toEqual({
    kind: "refused",
    why: "the weights leave no room for a KV cache",
  });
});

test("more requests wait longer, and what can be carried stays what it is", () => {
  const [few, many] = ["300 /s", "600 /s"].map((peak) =>
    predicted(outcomeOf("llama-70b", labWith([PEAK, `peak: { value: ${peak},`]))),
  );
  expect(many?.atPeak?.interTokenS.value).toBeGreaterThan(few?.atPeak?.interTokenS.value ?? Number.NaN);
  expect(many?.outputTokensPerS).toEqual(few?.outputTokensPerS);
});

test("requests beyond what the copies take pile up", () => {
  const { atPeak, unitLost } = predicted(outcomeOf("llama-70b", labWith([PEAK, "peak: { value: 30000 /s,"])));
  expect([atPeak, unitLost.operation]).toEqual([null, null]);
});

describe("a cap on the GPUs", () => {
  const capped = (perGpu: string) =>
    outcomeOf(
      "llama-70b",
      labWith(
        ["system: gb300-nvl72", "system: dgx-h100"],
        [
          "powerBudget: 1136 kW # 8 racks × 142 kW",
          `powerBudget: 326 kW\n    powerCap: { perGpu: ${perGpu}, enforcedBy: dynamo-power-agent }`,
        ],
      ),
    );

  test("under what they would draw slows them, by what nobody knows", () => {
    expect(capped("200 W")).toEqual({ kind: "unknown", missing: ["pools[0].powerCap.perGpu"] });
  });

  test("that they never reach changes nothing", () => expect(capped("700 W")?.kind).toBe("predicted"));
});
