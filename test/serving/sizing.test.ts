import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../components/catalog/load.ts";
import { watts } from "../../components/quantity.ts";
import type { Answers } from "../../components/serving/sizing/answers.ts";
import { candidatesOf } from "../../components/serving/sizing/candidates.ts";
import { formatRefusal } from "../../components/serving/sizing/format-support.ts";
import { dominates, dominators } from "../../components/serving/sizing/front.ts";
import { settled } from "../../components/serving/sizing/settled.ts";
import {
  type Feasible,
  type Judged,
  SIZED_FORMATS,
  type Sized,
  type Sizing,
} from "../../components/serving/sizing/sizing-types.ts";
import type { Verdict } from "../../components/serving/sizing/sought.ts";
import { labWith, opening, siteText } from "../support/sites.ts";
import { builtBy, sizingOf } from "../support/sizing.ts";

const catalog = loadCatalog();
const idsOf = (judged: readonly Judged[]) => judged.map(({ candidate }) => candidate.id);
const weighed = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)), { maxLength: 24 })
  .map((all) => all.map((weights, index) => ({ id: `c${index}`, weights })));

describe("the front", () => {
  property.prop([weighed])(
    "holds exactly those that nothing beats, and names a member that beats the others",
    (all) => {
      const by = dominators(all);
      for (const { id, weights } of all) {
        const better = all.filter((other) => dominates(other.weights, weights)).map((other) => other.id);
        const named = by.get(id) ?? null;
        expect(named === null).toBe(better.length === 0);
        if (named === null) continue;
        expect(better).toContain(named);
        expect(by.get(named)).toBeNull();
      }
    },
  );

  property.prop([weighed, fc.infiniteStream(fc.nat())])(
    "does not hang on the order of what is weighed",
    (all, keys) => {
      const shuffled = all.map((each) => ({ each, key: keys.next().value })).sort((l, r) => l.key - r.key);
      expect(dominators(shuffled.map(({ each }) => each))).toEqual(dominators(all));
    },
  );
});

/** Candidates of a dense model on a rack of NVL72 with made-up verdicts, on a pool whose price is not known. */
const llama = catalog.models.get("llama-3.1-70b")?.architecture.value;
const [gb300, system] = [catalog.gpus.get("gb300"), catalog.systems.get("gb300-nvl72")];
if (llama == null || gb300 === undefined || system === undefined)
  throw new Error("the catalog lacks the lab's entries");
const CANDIDATES = candidatesOf(llama, gb300, { kind: "rack", gpu: "gb300", nodes: 18, gpusPerNode: 4 }).slice(0, 30);
const one = { low: 1, value: 1, high: 1 };
const feasible = (gpus: number, drawn: number, gap: number): Feasible => ({
  fleets: [],
  gpus,
  watts: watts(drawn),
  usdPerMillionTokens: null,
  tokensPerSPerMwSite: null,
  timeToFirstTokenS: one,
  interTokenS: { low: gap, value: gap, high: gap },
  sequences: 1,
  tokensPerSPerGpu: one,
  basis: "formula",
  blueprint: [],
});
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ kind: "refused", refusal: { kind: "memory", why: "too large" } }),
  fc
    .tuple(fc.nat(3), fc.nat(3), fc.nat(3))
    .map((weights): Verdict => ({ kind: "feasible", feasible: feasible(...weights) })),
);
const verdicts = fc
  .array(verdict, { minLength: CANDIDATES.length, maxLength: CANDIDATES.length })
  .map((all) => CANDIDATES.map((candidate, index) => ({ candidate, verdict: all[index] as Verdict })));
const onOnePool = (all: Answers["verdicts"]): readonly Answers[] => [
  {
    sought: { pool: { id: "p", instances: null, rackWattsPerGpu: watts(1) }, perGpuHour: null } as Answers["sought"],
    verdicts: all,
    sameAs: new Map(),
  },
];

describe("what is settled", () => {
  property.prop([verdicts])("holds every candidate once, on the front or with one reason", (all) => {
    const judged = settled(onOnePool(all));
    expect(idsOf(judged).toSorted()).toEqual(CANDIDATES.map(({ id }) => id).toSorted());
    for (const { candidate, ...settledAs } of judged) {
      const given = all.find((each) => each.candidate.id === candidate.id)?.verdict;
      if (settledAs.kind === "front") expect(given?.kind).toBe("feasible");
      else expect(settledAs.refusal.kind === "dominated").toBe(given?.kind === "feasible");
    }
  });

  property.prop([verdicts])("is the same whatever the order", (all) => {
    expect(settled(onOnePool(all.toReversed()))).toEqual(settled(onOnePool(all)));
  });
});

describe("a format", () => {
  const architectureOf = (model: string) => {
    const architecture = catalog.models.get(model)?.architecture.value;
    if (architecture == null) throw new Error(`no ${model}`);
    return architecture;
  };
  const gpuOf = (id: string) => {
    const gpu = catalog.gpus.get(id);
    if (gpu === undefined) throw new Error(`no ${id}`);
    return gpu;
  };
  const served = (model: string, gpu: string) =>
    SIZED_FORMATS.filter((format) => formatRefusal(format, architectureOf(model), gpuOf(gpu)) === null);

  test.each([
    ["llama-3.1-70b", "a100_sxm", ["bf16", "awq-int4"]],
    ["llama-3.1-70b", "h100_sxm", ["bf16", "fp8", "awq-int4"]],
    ["llama-3.1-70b", "gb300", ["bf16", "fp8", "awq-int4", "nvfp4"]],
    ["llama-3.1-70b", "mi355x", ["bf16", "fp8", "awq-int4"]],
    ["deepseek-r1", "h200_sxm", ["fp8", "awq-int4"]],
    ["kimi-k2.5", "b200_sxm", ["awq-int4", "nvfp4"]],
    ["gpt-oss-120b", "b200_sxm", ["mxfp4"]],
  ])("of %s on %s", (model, gpu, formats) => expect(served(model, gpu)).toEqual(formats));
});

function sizedOf({ outcome }: Sizing): Sized {
  if (outcome.kind !== "sized") throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe("the lab's Llama", () => {
  const sized = sizedOf(sizingOf(opening(siteText("lab")), 0));
  const front = sized.judged.flatMap((each) => (each.kind === "front" ? [each.feasible] : []));

  test("keeps the objective at the slow end on every member of the front, on GPUs that there are", () => {
    expect(front.length).toBeGreaterThan(1);
    for (const { gpus, timeToFirstTokenS, interTokenS } of front) {
      expect(gpus).toBeLessThanOrEqual(sized.pools[0]?.gpusToHave ?? 0);
      expect(timeToFirstTokenS.high).toBeLessThanOrEqual(sized.objective.timeToFirstTokenS);
      expect(interTokenS.high).toBeLessThanOrEqual(sized.objective.interTokenS);
    }
  });

  test("what it says to build passes the rules on capacity that the plan is held against", () => {
    const { buildable } = sized;
    const text = labWith([
      "precision: fp8\n      replicas: 64\n      nodesPerReplica: 1\n      gpusPerNode: 4",
      builtBy(buildable),
    ]);
    const outcome = opening(text).plan.capacity[0]?.outcome;
    if (outcome?.kind !== "predicted") throw new Error("not predicted");
    const { interTokenS, timeToFirstTokenS } = outcome.unitLost.operation ?? {
      interTokenS: one,
      timeToFirstTokenS: one,
    };
    expect(interTokenS.high).toBeLessThanOrEqual(outcome.objective.interTokenS);
    expect(timeToFirstTokenS.high).toBeLessThanOrEqual(outcome.objective.timeToFirstTokenS);
  });

  test("weight-only int4 gains most at one sequence, and nothing beyond its ridge", () => {
    const int4 = sized.optimizations.find(({ id }) => id === "awq-int4")?.outcome;
    if (int4?.kind !== "gives" || int4.step === null) throw new Error("int4 is served");
    expect(int4.step.atOneSequence).toBeGreaterThan(2);
    expect(int4.step.atSequences.times).toBeLessThan(int4.step.atOneSequence);
    expect(int4.step.goneFrom).toBeGreaterThan(int4.step.atSequences.sequences);
  });

  test("speculation without a measured draft is refused, not guessed", () => {
    const row = sized.optimizations.find(({ id }) => id === "speculation");
    expect(row?.outcome.kind).toBe("refused");
  });
});

test("what a power cap would slow is refused: by how much is not known", () => {
  const capped = labWith(
    ["system: gb300-nvl72", "system: dgx-h100"],
    [
      "powerBudget: 1136 kW # 8 racks × 142 kW",
      "powerBudget: 326 kW\n    powerCap: { perGpu: 200 W, enforcedBy: dynamo-power-agent }",
    ],
    ["peak: { value: 300 /s,", "peak: { value: 3 /s,"],
    ["replicas: 14\n", "replicas: 1\n"],
  );
  const { judged } = sizedOf(sizingOf(opening(capped), 0));
  const whys = judged.flatMap((each) => (each.kind === "refused" && "why" in each.refusal ? [each.refusal.why] : []));
  expect(judged.some(({ kind }) => kind === "front")).toBe(false);
  expect(whys.filter((why) => why.startsWith("pools[0].powerCap.perGpu is less")).length).toBeGreaterThan(0);
});

test("what is not known is named", () => {
  const open = opening(labWith(["peak: { value: 300 /s,", "peak: { value: unknown,"]));
  expect(sizingOf(open, 0).outcome).toEqual({
    kind: "unasked",
    passedOver: [{ pool: "gb300", kind: "unknown", missing: ["serving.endpoints[0].traffic.peak"] }],
  });
});

describe("what the traffic and the model make of it", () => {
  const rowOf = (text: string, id: string) => {
    const row = sizedOf(sizingOf(opening(text), 0)).optimizations.find((each) => each.id === id)?.outcome;
    if (row?.kind !== "gives") throw new Error(JSON.stringify(row));
    return row;
  };

  test("prompts that are found gain", () => {
    const found = labWith(["prefixHitRate: { value: 0 %, source", "prefixHitRate: { value: 50 %, source"]);
    expect(rowOf(found, "prefix-cache").times).toBeGreaterThan(1.2);
  });

  test("a measured draft says what it was measured on", () => {
    const text = labWith(["model: llama-3.1-70b\n      precision: fp8", "model: minimax-m3\n      precision: fp8"]);
    expect(rowOf(text, "speculation").remark).toMatch(
      /EAGLE-3, \d drafted: [\d.]+ tokens a step, measured on coding prompts/,
    );
  });
});
