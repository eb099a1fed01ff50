import { describe, expect, test } from "vitest";
import type { CapacityOutcome } from "../../components/serving/capacity-plan.ts";
import { labWith, opening } from "../support/sites.ts";
import { splitLabWith } from "../support/split-site.ts";

const outcomeOf = (text: string, id = "deepseek-r1"): CapacityOutcome | undefined =>
  opening(text).plan.capacity.find(({ endpoint }) => endpoint === id)?.outcome;

function predicted(text: string, id = "deepseek-r1") {
  const outcome = outcomeOf(text, id);
  if (outcome?.kind !== "predicted") throw new Error(JSON.stringify(outcome));
  return outcome;
}

describe("prompts on copies of their own", () => {
  const split = predicted(splitLabWith());

  test("both parts have memory of their own, and lose what a rack takes of each", () => {
    expect(split.memory.map(({ role }) => role)).toEqual(["prefill", "decode"]);
    // A rack of 16 schedulable nodes of 4 GPUs: 16 copies on a node each, 4 on four nodes each.
    expect(split.unitLost.left).toEqual([
      { role: "prefill", replicas: 4 },
      { role: "decode", replicas: 4 },
    ]);
  });

  test("more copies of the part that carries least carry more, further ones of the other nothing", () => {
    const [prompts, answers] = ["replicas: 20, nodesPerReplica", "replicas: 8\n      nodesPerReplica: 4"];
    const tokens = (text: string) => predicted(text).outputTokensPerS.value;
    const plain = split.outputTokensPerS.value;
    const moved = [
      tokens(splitLabWith([prompts, prompts.replace("20", "30")])),
      tokens(splitLabWith([answers, answers.replace("8", "12")])),
    ];
    expect(moved.filter((value) => value > plain)).toHaveLength(1);
    expect(moved.filter((value) => value === plain)).toHaveLength(1);
  });

  test("its GPUs are those of both parts, and a million tokens cost all of them", () => {
    const { plan } = opening(splitLabWith());
    const endpoint = plan.endpoints.find(({ id }) => id === "deepseek-r1");
    expect(endpoint?.gpus).toBe(20 * 4 + 8 * 16);
    const hours = 1e6 / split.outputTokensPerS.value / 3_600;
    expect(Number(split.usdPerMillionTokens?.value)).toBe(
      Math.ceil(Number(plan.cost.perGpuHour) * (endpoint?.gpus ?? 0) * hours),
    );
  });

  test("runs that do both are no evidence of one that does not", () => {
    expect([split.comparison, split.contradiction]).toEqual([null, null]);
  });
});

describe("experts spread over the GPUs of a copy", () => {
  const spread = (model: string, nodes: number) =>
    labWith([
      "model: deepseek-r1\n      precision: nvfp4\n      replicas: 14\n      nodesPerReplica: 4\n      gpusPerNode: 4\n",
      `model: ${model}\n      precision: nvfp4\n      replicas: 14\n      nodesPerReplica: ${nodes}\n      gpusPerNode: 4\n      spread: expert\n`,
    ]);

  test("each GPU attends to sequences of its own: its cache is no part of another's", () => {
    const wide = predicted(spread("deepseek-r1", 4));
    const [memory] = wide.memory;
    const narrow = predicted(spread("deepseek-r1", 2)).memory[0];
    // Twice the GPUs hold half the experts each.
    expect(memory?.weightsBytesPerGpu).toBeLessThan(narrow?.weightsBytesPerGpu ?? 0);
    expect(memory?.keyValueBytesPerGpu).toBeGreaterThan(narrow?.keyValueBytesPerGpu ?? 0);
  });

  test.each([
    ["a model without experts", "llama-3.1-70b", 4, "spread is expert, and the model has no routed experts"],
    [
      "experts that are left over",
      "deepseek-r1",
      3,
      "spread is expert, and 256 experts do not divide evenly over 12 GPUs",
    ],
  ])("%s", (_, model, nodes, why) => {
    expect(outcomeOf(spread(model, nodes))).toEqual({ kind: "refused", why });
  });
});
