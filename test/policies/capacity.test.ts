import { describe, expect, test } from "vitest";
import type { CapacityOutcome, OperationPlan } from "../../components/serving/capacity-plan.ts";
import { checkRule } from "../../policies/check.ts";
import type { Verdict } from "../../policies/finding.ts";
import type { Rule } from "../../policies/rule.ts";
import { failureHeadroom } from "../../policies/rules/serving/failure-headroom.ts";
import { memory } from "../../policies/rules/serving/memory.ts";
import { objective } from "../../policies/rules/serving/objective.ts";
import { contextOf } from "../support/context.ts";
import { siteText } from "../support/sites.ts";

const lab = contextOf({ text: siteText("lab") });
type Predicted = Extract<CapacityOutcome, { kind: "predicted" }>;

/** The lab's first prediction with something else in it: what the rule says of that endpoint. */
function verdictWith(rule: Rule, changed: (capacity: Predicted) => CapacityOutcome): Verdict | undefined {
  const [first, ...others] = lab.plan.capacity;
  if (first?.outcome.kind !== "predicted") throw new Error("the lab predicts its first endpoint");
  const capacity = [{ ...first, outcome: changed(first.outcome) }, ...others];
  return checkRule(rule, { ...lab, plan: { ...lab.plan, capacity } })[0]?.verdict;
}

const around = (low: number, high: number) => ({ low, value: (low + high) / 2, high });
/** An operation whose gaps stand in that interval. */
const gaps = (operation: OperationPlan | null, low: number, high: number): OperationPlan => {
  if (operation === null) throw new Error("the lab keeps up");
  return { ...operation, interTokenS: around(low, high) };
};
const NEXT = 1 + Number.EPSILON;

describe("the cache, and the longest request in it", () => {
  const held = (keyValueTokens: number) => (capacity: Predicted) => ({
    ...capacity,
    memory: capacity.memory.map((each) => ({ ...each, keyValueTokens, longestRequestTokens: 15_050 })),
  });
  test("just fits", () => expect(verdictWith(memory, held(15_050))).toBe("proved"));
  test("one token short", () => expect(verdictWith(memory, held(15_049))).toBe("violated"));
  test("a cache that is not established proves nothing", () => {
    const thin = (capacity: Predicted) => ({
      ...capacity,
      memory: capacity.memory.map((each) => ({ ...each, established: false })),
    });
    expect(verdictWith(memory, thin)).toBe("unproved");
  });
});

describe.each([
  {
    name: "at the peak",
    rule: objective,
    at: (low: number, high: number) => (capacity: Predicted) => ({
      ...capacity,
      atPeak: gaps(capacity.atPeak, low, high),
    }),
  },
  {
    name: "with a rack or an instance lost",
    rule: failureHeadroom,
    at: (low: number, high: number) => (capacity: Predicted) => ({
      ...capacity,
      unitLost: { ...capacity.unitLost, operation: gaps(capacity.unitLost.operation, low, high) },
    }),
  },
])("gaps of at most 60 ms $name", ({ rule, at }) => {
  test("the slow end is the limit", () => expect(verdictWith(rule, at(0.03, 0.06))).toBe("proved"));
  test("the slow end is just past it: too wide to say", () =>
    expect(verdictWith(rule, at(0.03, 0.06 * NEXT))).toBe("unproved"));
  test("the fast end is the limit: too wide to say", () => expect(verdictWith(rule, at(0.06, 0.09))).toBe("unproved"));
  test("the fast end is just past it", () => expect(verdictWith(rule, at(0.06 * NEXT, 0.09))).toBe("violated"));
});

test("requests that pile up break the promise; so does a rack that holds every copy", () => {
  expect(verdictWith(objective, (capacity) => ({ ...capacity, atPeak: null }))).toBe("violated");
  const left = (replicas: number) => (capacity: Predicted) => ({
    ...capacity,
    unitLost: { ...capacity.unitLost, left: [{ role: "all" as const, replicas }], operation: null },
  });
  expect(verdictWith(failureHeadroom, left(3))).toBe("violated");
  expect(verdictWith(failureHeadroom, left(0))).toBe("violated");
});

test("a measured run that contradicts breaks it, whatever is predicted", () => {
  expect(verdictWith(objective, (capacity) => ({ ...capacity, contradiction: "a run took 90 ms a token" }))).toBe(
    "violated",
  );
});

test.each([memory, objective, failureHeadroom])(
  "$id: what is refused is violated, what is not known is open",
  (rule) => {
    expect(verdictWith(rule, () => ({ kind: "refused", why: "no units" }))).toBe("violated");
    expect(verdictWith(rule, () => ({ kind: "unknown", missing: ["serving.endpoints[0].traffic.peak"] }))).toBe(
      "unproved",
    );
  },
);
