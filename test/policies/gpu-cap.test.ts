import { describe, expect, test } from "vitest";
import { POWER_LIMIT_ANNOTATION } from "../../components/power/gpu-cap-policy.ts";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { findingsOf, type Given, verdictOn } from "../support/context.ts";
import { labWith, opening } from "../support/sites.ts";

/** The lab on DGX H100: 40.8 kW a rack over 32 GPUs is 1,275 W, of which the GPU alone takes 700, settable from 200. */
const capped = (perGpu: string, enforcedBy = "dynamo-power-agent", system = "dgx-h100") =>
  labWith(
    ["system: gb300-nvl72", `system: ${system}`],
    [
      "powerBudget: 1136 kW # 8 racks × 142 kW",
      `powerBudget: 326 kW\n    powerCap: { perGpu: ${perGpu}, enforcedBy: ${enforcedBy} }`,
    ],
    ["replicas: 64", "replicas: 40"],
  );

describe("what a GPU counts for", () => {
  test.each([
    ["500 W", "dynamo-power-agent", "dgx-h100", 1_275 - 200, 500],
    ["200 W", "dynamo-power-agent", "dgx-h100", 1_275 - 500, 200],
    ["199 W", "dynamo-power-agent", "dgx-h100", 1_275 - 500, 200],
    ["701 W", "dynamo-power-agent", "dgx-h100", 1_275, 700],
    ["500 W", "nothing", "dgx-h100", 1_275, null],
    ["unknown", "dynamo-power-agent", "dgx-h100", 1_275, null],
    ["1100 W", "dynamo-power-agent", "gb300-nvl72", 1_973, null],
    ["1100 W", "dynamo-power-agent", "vera-rubin-nvl72", null, null],
  ])("capped at %s by %s on %s", (perGpu, enforcedBy, system, wattsPerGpu, enforced) => {
    const { plan } = opening(capped(perGpu, enforcedBy, system));
    expect(plan.pools[0]).toMatchObject({ wattsPerGpu, cap: { enforced } });
    expect(plan.network.wattsPerGpu).toBe(wattsPerGpu);
  });

  test("supply and feeds are planned uncapped", () => {
    const bare = opening(capped("500 W", "nothing")).plan;
    const { plan } = opening(capped("500 W"));
    expect([plan.ledger, plan.distribution]).toEqual([bare.ledger, bare.distribution]);
  });
});

interface Template {
  metadata: { annotations: Record<string, unknown> };
}
interface Loose {
  kind: string;
  metadata: { name: unknown };
  spec: {
    template: Template;
    leaderWorkerTemplate: { workerTemplate: Template };
    validations: { expression: unknown }[];
  };
}
const changing =
  (kind: string, change: (object: Loose) => void) =>
  (planned: readonly RegisteredObject[]): readonly RegisteredObject[] =>
    planned.map(({ urn, object }) => {
      const copy = structuredClone(object) as Loose;
      if (copy.kind === kind) change(copy);
      return { urn, object: copy };
    });
const limiting = (value: unknown) =>
  changing("Deployment", ({ spec }) => {
    spec.template.metadata.annotations[POWER_LIMIT_ANNOTATION] = value;
  });
const without = (kind: string) => (planned: readonly RegisteredObject[]) =>
  planned.filter(({ object }) => (object as Loose).kind !== kind);

describe("a capped count holds only where the cap is set", () => {
  const text = capped("500 W");
  const verdict = (registered?: Given["registered"]) =>
    verdictOn("power/counted-watts", "pools.gb300", registered === undefined ? { text } : { text, registered });

  test("as planned: every pod carries the limit, and the server refuses those that do not", () => {
    expect(verdict()).toBe("proved");
    const [finding] = findingsOf("power/counted-watts", { text });
    expect(finding?.message).toBe("a GPU of pool gb300, capped at 500 W: needs 1.075 kW, has 1.075 kW counted");
  });

  test.each([
    ["no policy", without("ValidatingAdmissionPolicy"), "violated"],
    ["no binding", without("ValidatingAdmissionPolicyBinding"), "violated"],
    [
      "a policy that lets more pass",
      changing("ValidatingAdmissionPolicy", ({ spec }) => {
        for (const each of spec.validations) each.expression = "true";
      }),
      "violated",
    ],
    [
      "a policy that is not known",
      changing("ValidatingAdmissionPolicy", ({ spec }) => {
        for (const each of spec.validations) each.expression = UNKNOWN;
      }),
      "unproved",
    ],
    [
      "a policy whose name is not known",
      changing("ValidatingAdmissionPolicy", ({ metadata }) => {
        metadata.name = UNKNOWN;
      }),
      "unproved",
    ],
    ["the limit itself", limiting("500"), "proved"],
    ["one watt less", limiting("499"), "proved"],
    ["one watt more", limiting("501"), "violated"],
    ["no limit", limiting(undefined), "violated"],
    ["a limit that is no count of watts", limiting("0x1f"), "violated"],
    ["a limit that is not known", limiting(UNKNOWN), "unproved"],
    [
      "a worker without it",
      changing("LeaderWorkerSet", ({ spec }) => {
        delete spec.leaderWorkerTemplate.workerTemplate.metadata.annotations[POWER_LIMIT_ANNOTATION];
      }),
      "violated",
    ],
  ] as const)("%s", (_, registered, expected) => {
    expect(verdict(registered)).toBe(expected);
  });

  test("a configuration that counts the GPU uncapped makes up for all of it", () => {
    const uncapped = changing("ConfigMap", (object) => {
      const { data } = object as unknown as { data: Record<string, string> };
      for (const key of Object.keys(data)) data[key] = (data[key] ?? "").replace('"1075"', '"1275"');
    });
    expect(verdict((planned) => uncapped(limiting("501")(planned)))).toBe("proved");
  });

  test("a cap that nothing sets is said, and the GPU counts in full", () => {
    const [finding] = findingsOf("power/counted-watts", { text: capped("500 W", "nothing") });
    expect(finding).toMatchObject({
      verdict: "proved",
      message: "a GPU of pool gb300, uncapped since nothing sets the cap: needs 1.275 kW, has 1.275 kW counted",
    });
  });
});
