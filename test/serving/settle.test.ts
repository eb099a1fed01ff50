import { describe, expect, test } from "vitest";
import { capacityReasons } from "../../cli/format/capacity-text.ts";
import { objectsOf } from "../../components/objects.ts";
import { labWith, opening, type Replacements } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

/** The lab's Llama with its format left open, at another peak. */
const openAt = (peak: string) =>
  opening(
    labWith(
      ["precision: fp8\n      replicas: 64", "precision: auto\n      replicas: 64"],
      ["peak: { value: 300 /s,", `peak: { value: ${peak},`],
    ),
  ).plan;
const chosenAt = (peak: string) => {
  const [endpoint] = openAt(peak).endpoints;
  return [endpoint?.precision, endpoint?.precisionWhy];
};

describe("copies that are left open", () => {
  const counted = (...changes: Replacements) =>
    opening(labWith(["replicas: 64\n", "replicas: auto\n"], ...changes)).plan;

  test("are as many as the peak needs and a rack takes, and keep the objective without it", () => {
    const { endpoints, capacity } = counted();
    const [, peak = ""] = /^(\d+) for the peak, 16 for the loss of a rack$/.exec(endpoints[0]?.replicasWhy ?? "") ?? [];
    const replicas = Number(peak) + 16;
    expect(Number(peak)).toBeGreaterThan(0);
    expect(endpoints[0]).toMatchObject({ roles: [{ role: "all", replicas }], gpus: replicas * 4 });
    const outcome = capacity[0]?.outcome;
    if (outcome?.kind !== "predicted") throw new Error("not predicted");
    expect(outcome.unitLost.left).toEqual([{ role: "all", replicas: Number(peak) }]);
    const { timeToFirstTokenS, interTokenS } = outcome.unitLost.operation ?? {};
    expect(timeToFirstTokenS?.high).toBeLessThanOrEqual(outcome.objective.timeToFirstTokenS);
    expect(interTokenS?.high).toBeLessThanOrEqual(outcome.objective.interTokenS);
  });

  test("grow with the traffic", () => {
    const copies = ["100 /s", "300 /s", "600 /s"].map(
      (peak) => counted(["peak: { value: 300 /s,", `peak: { value: ${peak},`]).endpoints[0]?.roles[0]?.replicas ?? 0,
    );
    expect(copies).toEqual(copies.toSorted((left, right) => left - right));
    expect(new Set(copies).size).toBe(3);
  });

  test("of prompts and of answers are counted apart, and one that is stated stays", () => {
    const answers = ["replicas: 8\n      nodesPerReplica: 4", "replicas: auto\n      nodesPerReplica: 4"] as const;
    const { endpoints } = opening(splitLabWith(answers)).plan;
    const [prompts, decoding] = endpoints[1]?.roles ?? [];
    expect(prompts?.replicas).toBe(20);
    expect(decoding?.replicas).toBeGreaterThan(4);
    expect(endpoints[1]?.replicasWhy).toMatch(
      /^prompts: 20 as stated; answers: \d+ for the peak, 4 for the loss of a rack$/,
    );
  });

  test("with the format open too, the widest is taken that the pool has GPUs for", () => {
    const both = (peak: string) =>
      counted(["precision: fp8", "precision: auto"], ["peak: { value: 300 /s,", `peak: { value: ${peak},`])
        .endpoints[0];
    expect(both("300 /s")?.precision).toBe("bf16");
    const crowded = both("6000 /s");
    expect(crowded?.precision).not.toBe("bf16");
    expect(crowded?.precisionWhy).toMatch(/bf16: \d+ GPUs are more than the \d+ that are left/);
  });

  test("are not known where the traffic is not: nothing is built, and nothing proved", () => {
    const { plan, catalog } = opening(
      labWith(["replicas: 64\n", "replicas: auto\n"], ["peak: { value: 300 /s,", "peak: { value: unknown,"]),
    );
    expect(plan.endpoints[0]).toMatchObject({
      roles: [{ replicas: null }],
      gpus: null,
      watts: null,
      replicasWhy: "not counted: serving.endpoints[0].traffic.peak not known",
    });
    expect(plan.capacity[0]?.outcome).toEqual({
      kind: "unknown",
      missing: ["serving.endpoints[0].traffic.peak", "serving.endpoints[0].replicas"],
    });
    expect(objectsOf(plan, catalog).some(({ name }) => name.startsWith("lab-endpoint-llama-70b"))).toBe(false);
  });
});

describe("a format that is left open", () => {
  test("is the widest that keeps the objective", () => {
    expect(chosenAt("300 /s")).toEqual(["bf16", "bf16 is the widest that keeps the objective"]);
  });

  test("is narrower where more is asked, and says what the wider is short of", () => {
    expect(chosenAt("600 /s")).toEqual([
      "fp8",
      "fp8 is the widest that keeps the objective; bf16: not for sure with 48 copies left",
    ]);
  });

  test("is the one that carries most where none keeps the objective", () => {
    const [precision, why] = chosenAt("30000 /s");
    expect(precision).toBe("nvfp4");
    expect(why).toMatch(
      /^no format keeps the objective, nvfp4 carries most; bf16: .*; mxfp4: the model is not shipped in mxfp4/,
    );
  });

  test("stays open where the traffic is not known, and is proved nothing of", () => {
    const { endpoints, capacity } = openAt("unknown");
    expect(endpoints[0]).toMatchObject({
      precision: "auto",
      precisionWhy: "not chosen: serving.endpoints[0].traffic.peak not known",
    });
    expect(capacity[0]?.outcome.kind).toBe("unknown");
  });

  test("is told with its reason, and one that is stated is not", () => {
    const [reasons] = capacityReasons(openAt("300 /s"));
    expect(reasons?.body).toMatch(/^llama-70b\n {2}precision: bf16 is the widest that keeps the objective\n/);
    expect(openAt("300 /s").endpoints[1]?.precisionWhy).toBeNull();
  });
});
