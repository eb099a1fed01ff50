import { describe, expect, test } from "vitest";
import { objectsOf } from "../../components/objects.ts";
import type { CapacityOutcome } from "../../components/serving/capacity-plan.ts";
import { labWith, opening } from "../support/sites.ts";
import { sizingOf } from "../support/sizing.ts";

const R1 = "      gpusPerNode: 4\n";
/** The lab's DeepSeek-R1, or another, with drafts. */
const drafting = (endpoint: number, draft: string) => {
  const place = endpoint === 0 ? `nodesPerReplica: 1\n${R1}` : `nodesPerReplica: 4\n${R1}`;
  return opening(labWith([place, `${place}      speculation: { draftTokens: 2, ${draft} }\n`]));
};
const outcomeOf = ({ plan }: ReturnType<typeof drafting>, endpoint: number): CapacityOutcome | undefined =>
  plan.capacity[endpoint]?.outcome;

function predicted(outcome: CapacityOutcome | undefined) {
  if (outcome?.kind !== "predicted") throw new Error(JSON.stringify(outcome));
  return outcome;
}

const MEASURED = "acceptedTokens: { value: 2.2, source: own run }";
const plain = predicted(opening(labWith()).plan.capacity[1]?.outcome);
const drafted = drafting(1, MEASURED);

describe("drafts that the blueprint states", () => {
  test("shorten the time between tokens, and take a layer's weights and cache", () => {
    const outcome = predicted(outcomeOf(drafted, 1));
    expect(outcome.atPeak?.interTokenS.value).toBeLessThan(plain.atPeak?.interTokenS.value ?? 0);
    const [with_, without] = [outcome.memory[0], plain.memory[0]];
    // 61 layers, and a draft that is one more.
    expect((with_?.weightsBytesPerGpu ?? 0) / (without?.weightsBytesPerGpu ?? 1)).toBeCloseTo(62 / 61, 6);
    expect(with_?.keyValueTokens).toBeLessThan(without?.keyValueTokens ?? 0);
    expect(outcome.contradiction).toBeNull();
  });

  test("give what they gain in sizing too, in place of what is published", () => {
    const row = sizingOf(drafted, 1).outcome;
    if (row.kind !== "sized") throw new Error("not sized");
    const speculation = row.optimizations.find(({ id }) => id === "speculation")?.outcome;
    expect(speculation).toMatchObject({ kind: "gives", remark: expect.stringContaining("what the blueprint states") });
  });

  test("are the engine's: by the model's own layers, or by a draft beside it", () => {
    const argsOf = (site: ReturnType<typeof drafting>, endpoint: string) =>
      JSON.stringify(
        objectsOf(site.plan, site.catalog).find(({ name }) => name === `lab-endpoint-${endpoint}-workload`),
      );
    const quoted = (config: object) => JSON.stringify(`--speculative-config=${JSON.stringify(config)}`);
    expect(argsOf(drafted, "deepseek-r1")).toContain(quoted({ method: "mtp", num_speculative_tokens: 2 }));
    const eagle = drafting(0, `${MEASURED}, draft: yuhuili/EAGLE3-LLaMA3.3-Instruct-70B`);
    expect(argsOf(eagle, "llama-70b")).toContain(
      quoted({ method: "eagle3", model: "yuhuili/EAGLE3-LLaMA3.3-Instruct-70B", num_speculative_tokens: 2 }),
    );
  });

  test("without a length that was measured prove nothing", () => {
    expect(outcomeOf(drafting(1, "acceptedTokens: unknown"), 1)).toEqual({
      kind: "unknown",
      missing: ["serving.endpoints[1].speculation.acceptedTokens"],
    });
  });

  test("of a model without draft layers are refused", () => {
    expect(outcomeOf(drafting(0, MEASURED), 0)).toEqual({
      kind: "refused",
      why: "the model has no draft layers of its own: name a draft for it",
    });
  });
});
