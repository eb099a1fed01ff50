import { describe, expect, test } from "vitest";
import { capacityReasons } from "../../cli/format/capacity-text.ts";
import { labWith, opening } from "../support/sites.ts";

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
