import { describe, expect, test } from "vitest";
import { type RegisteredObject, UNKNOWN } from "../../policies/registered.ts";
import { findingsOf } from "../support/context.ts";
import { CALL, curtailedLab, SHED } from "../support/curtailment.ts";

const RULE = "power/curtailment";
type Registered = (planned: readonly RegisteredObject[]) => readonly RegisteredObject[];

const verdictOf = (text: string, registered?: Registered) => {
  const [finding] = findingsOf(RULE, { text, ...(registered === undefined ? {} : { registered }) });
  return [finding?.verdict, finding?.message];
};

const kindOf = ({ object }: RegisteredObject): string => (object as { readonly kind: string }).kind;

describe("suspension by Kueue", () => {
  test("needs the queue of the pool", () => {
    expect(verdictOf(curtailedLab(), (planned) => planned.filter((each) => kindOf(each) !== "ClusterQueue"))).toEqual([
      "violated",
      "call from 2026-Q4: needs 460.899 kW less at the meter, has 0 W from 0 of 2 steps; short by 460.899 kW; not counted: llama-70b (nothing that is registered lets kueue do it), deepseek-r1 (nothing that is registered lets kueue do it)",
    ]);
  });

  test("by a queue whose pool is not known is not proved", () => {
    const hidden: Registered = (planned) =>
      planned.map((each) =>
        kindOf(each) === "ClusterQueue" ? { ...each, object: { kind: "ClusterQueue", metadata: UNKNOWN } } : each,
      );
    expect(verdictOf(curtailedLab(), hidden)[0]).toBe("unproved");
  });
});

/** The lab on H100, whose limits the catalog knows; every pod of it with a power limit, or with what is given. */
const cap =
  "{ pool: gb300, action: power-cap, enforcedBy: dynamo-power-agent, perGpu: 300 W, within: { value: 5 s, source: test LAB-CT-002 } }";
const capped = (step: string = cap): string =>
  curtailedLab(CALL.replace("30 %", "5 %"), [step], ["system: gb300-nvl72", "system: dgx-h100"]);
const limited =
  (limit: unknown): Registered =>
  (planned) =>
    planned.map(({ urn, object }) => {
      const copy = structuredClone(object) as { kind: string; spec?: Record<string, Record<string, unknown>> };
      for (const template of templatesOf(copy))
        template.metadata = { ...template.metadata, annotations: annotations(limit) };
      return { urn, object: copy };
    });
const annotations = (limit: unknown) => ({ "dynamo.nvidia.com/gpu-power-limit": limit });

function templatesOf(value: unknown): { metadata?: object }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...(/[tT]emplate$/.test(key) && "spec" in (part as object) ? [part as { metadata?: object }] : []),
    ...templatesOf(part),
  ]);
}

describe("a cap by the power agent", () => {
  test.each([
    ["counts where every pod carries a limit", limited("700"), "proved"],
    ["is not proved where a limit is not known", limited(UNKNOWN), "unproved"],
    ["does not count where a pod carries none", (planned: readonly RegisteredObject[]) => planned, "violated"],
    [
      "does not count where nothing runs that could be capped",
      (planned: readonly RegisteredObject[]) => planned.filter((each) => templatesOf(each.object).length === 0),
      "violated",
    ],
  ])("%s", (_, registered, verdict) => {
    expect(verdictOf(capped(), registered)[0]).toBe(verdict);
  });

  test("that nothing enforces does not count", () => {
    const step = cap.replace("dynamo-power-agent", "nothing");
    expect(verdictOf(capped(step), limited("700"))).toEqual([
      "violated",
      expect.stringContaining("not counted: gb300 (nothing enforces it)"),
    ]);
  });
});

test("a step that is not known takes nothing away from those that are enough", () => {
  const unknown = SHED[0].replace("20 s", "unknown");
  expect(verdictOf(curtailedLab(CALL.replace("30 %", "24 %"), [unknown, SHED[1]]))[0]).toBe("proved");
  expect(verdictOf(curtailedLab(CALL.replace("30 %", "25 %"), [unknown, SHED[1]]))[0]).toBe("unproved");
});

test("it is advisory until the phase is accepted", () => {
  const finding = (asState: "designed" | "accepted") =>
    findingsOf(RULE, { text: curtailedLab(CALL, []), asState })[0]?.enforcement;
  expect([finding("designed"), finding("accepted")]).toEqual(["advisory", "mandatory"]);
});
