import { fc, test as property } from "@fast-check/vitest";
import { afterEach, describe, expect, test, vi } from "vitest";
import { moneyAsText } from "../../components/plan-json.ts";
import { check, exitCode, summaryOf } from "../../policies/check.ts";
import type { Finding, Input } from "../../policies/finding.ts";
import { readPackConfig, relaxed } from "../../policies/pack-config.ts";
import { RULE_IDS } from "../../policies/registry.ts";
import { judge, recompute } from "../../policies/verdict.ts";
import { refusal } from "../../policies/waiver.ts";
import { contextOf, findingsOf, TODAY } from "../support/context.ts";
import { labWith, opening, siteText } from "../support/sites.ts";

const everyFinding: readonly Finding[] = [
  ...check(contextOf({ text: siteText("lab") })),
  ...check(contextOf({ text: siteText("lab"), asState: "designed" })),
  ...check(contextOf({ text: siteText("aws-ohio") })),
  ...check(contextOf({ text: siteText("aws-ohio"), today: "2027-02-01" })),
  ...check(contextOf({ text: siteText("independence-mo") })),
  ...check(contextOf({ text: siteText("independence-mo"), asState: "online" })),
  ...check(
    contextOf({
      text: labWith(
        ["value: 2 MW", "value: unknown"],
        ["value: $45 M", "value: $1 M"],
        ["powerBudget: 1136 kW", "powerBudget: 9 MW"],
      ),
    }),
  ),
];

describe("a finding", () => {
  test("is computed again from its own JSON", () => {
    expect(everyFinding.length).toBeGreaterThan(200);
    for (const finding of everyFinding) {
      const told = JSON.parse(JSON.stringify(finding, moneyAsText)) as Finding;
      const inputs = told.evidence.inputs.map(
        (input): Input =>
          input.unit === "µUSD" && typeof input.value === "string" ? { ...input, value: BigInt(input.value) } : input,
      );
      const again = recompute({ evidence: { ...told.evidence, inputs } });
      expect({ rule: finding.rule, ...again }).toEqual({
        rule: finding.rule,
        verdict: finding.verdict,
        computed: finding.evidence.computed,
        limit: finding.evidence.limit,
        margin: finding.evidence.margin,
      });
    }
  });

  test("says what to change where it is open, and where it stands", () => {
    for (const finding of everyFinding.filter(({ verdict }) => verdict === "violated" || verdict === "unproved")) {
      expect(finding.fix).not.toBeNull();
      expect(finding.message).not.toBe("");
    }
  });

  property.prop([fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 6 })], { numRuns: 3_000 })(
    "forgetting inputs never turns violated into proved",
    (pick, forget) => {
      const { evidence } = everyFinding[pick % everyFinding.length] as Finding;
      const hidden = new Set(forget.map((index) => index % Math.max(1, evidence.inputs.length)));
      const forgotten = (input: Input, index: number): boolean => hidden.has(index) && input.as !== "context";
      const inputs = evidence.inputs.map((input, index) =>
        forgotten(input, index) ? { ...input, value: null } : input,
      );
      const before = judge(evidence.claim, evidence.inputs).verdict;
      const after = judge(evidence.claim, inputs).verdict;
      if (evidence.inputs.some(forgotten)) expect(after).not.toBe("proved");
      if (before === "proved" || before === "unproved") expect(after).not.toBe("violated");
    },
  );
});

const amount = fc.nat(1_000);
const input = (
  value: number | null,
  side: "need" | "limit",
  as: "term" | "factor" = "term",
  atLeast?: number,
): Input => ({
  name: "x",
  value,
  unit: "W",
  from: "x",
  side,
  as,
  ...(atLeast === undefined ? {} : { atLeast }),
});

describe("need ≤ limit in three values", () => {
  test.each([
    [[20, null], [10], "violated"],
    [[5, null], [10], "unproved"],
    [[10], [10], "proved"],
    [[11], [10], "violated"],
    [[5], [10, null], "unproved"],
    [[50], [10, null], "unproved"],
    [[], [0], "proved"],
    [[], [], "proved"],
    [[1], [], "violated"],
  ] as const)("%s against %s: %s", (need, limit, verdict) => {
    expect(
      judge("at-most", [...need.map((value) => input(value, "need")), ...limit.map((value) => input(value, "limit"))])
        .verdict,
    ).toBe(verdict);
  });

  test("a factor of at least 1 keeps its floor: 212 MW of IT are above 210 MW at any PUE", () => {
    const known = [input(212, "need"), input(null, "need", "factor", 1), input(210, "limit")];
    expect(judge("at-most", known).verdict).toBe("violated");
    expect(judge("at-most", [input(209, "need"), ...known.slice(1)]).verdict).toBe("unproved");
    expect(judge("at-most", [input(212, "need"), input(null, "need", "factor"), input(210, "limit")]).verdict).toBe(
      "unproved",
    );
  });

  property.prop([fc.array(amount), fc.array(amount), amount])(
    "more limit never adds a violation, more need never removes one",
    (need, limit, more) => {
      const all = [...need.map((value) => input(value, "need")), ...limit.map((value) => input(value, "limit"))];
      if (judge("at-most", all).verdict === "proved")
        expect(judge("at-most", [...all, input(more, "limit")]).verdict).toBe("proved");
      if (judge("at-most", all).verdict === "violated")
        expect(judge("at-most", [...all, input(more, "need")]).verdict).toBe("violated");
      expect(judge("at-most", all.toReversed()).verdict).toBe(judge("at-most", all).verdict);
    },
  );

  property.prop([fc.array(fc.option(fc.boolean(), { nil: null }))])(
    "all conditions: false beats unknown, unknown beats true",
    (values) => {
      const inputs = values.map((value): Input => ({ ...input(null, "need"), value, as: "condition" }));
      const expected = values.includes(false) ? "violated" : values.includes(null) ? "unproved" : "proved";
      expect(judge("all-of", inputs).verdict).toBe(expected);
    },
  );
});

property.prop([fc.infiniteStream(fc.nat(1e6))], { numRuns: 25 })(
  "the order of what is registered never shows: the same findings, byte by byte",
  (order) => {
    const context = contextOf({ text: siteText("lab") });
    const shuffled = context.registered
      .map((entry) => ({ entry, at: order.next().value ?? 0 }))
      .sort((left, right) => left.at - right.at)
      .map(({ entry }) => entry);
    const told = (findings: readonly Finding[]) => JSON.stringify(findings, moneyAsText);
    expect(told(check({ ...context, registered: shuffled }))).toBe(told(check(context)));
  },
);

test.each(["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])("the time zone %s never shows", (zone) => {
  const told = () => JSON.stringify(check(contextOf({ text: siteText("independence-mo") })), moneyAsText);
  const here = told();
  vi.stubEnv("TZ", zone);
  expect(told()).toBe(here);
});
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["what is no number", Number.NaN],
  ["what has no end", Number.POSITIVE_INFINITY],
  ["a text", "12"],
  ["a truth", true],
])("%s is no amount: it proves nothing", (_, value) => {
  const odd: Input = { ...input(0, "need"), value };
  expect(judge("at-most", [odd, input(10, "limit")]).verdict).toBe("unproved");
  expect(judge("at-most", [input(1, "need"), { ...odd, side: "limit" }]).verdict).toBe("unproved");
});

test("a load scaled is rounded up, a limit down", () => {
  const scaled = (need: number, limit: number) =>
    judge("at-most", [
      input(need, "need"),
      input(0.3, "need", "factor"),
      input(limit, "limit"),
      input(0.3, "limit", "factor"),
    ]);
  expect(scaled(101, 101)).toMatchObject({ verdict: "violated", computed: { known: 31 }, limit: 30 });
  expect(scaled(100, 100)).toMatchObject({ verdict: "proved", computed: { known: 30 }, limit: 30, margin: 0 });
});

describe("waivers", () => {
  const waiving = (parts: string) =>
    `${labWith(["value: 2 MW", "value: 1 MW"])}\nwaivers:\n  - { rule: power/firm-supply, subject: 2026-Q4, reason: test, owner: me, ticket: T-1, ${parts} }\n`;

  test.each([
    ["on its last day", "expires: 2026-11-24", null],
    ["for 90 days", "expires: 2027-02-22", null],
    ["expired yesterday", "expires: 2026-11-23", "it expired on 2026-11-23"],
    ["for 91 days", "expires: 2027-02-23", "it runs for 91 days, at most 90 are allowed"],
  ])("%s", (_, parts, why) => {
    const { site } = opening(waiving(parts));
    expect(site.waivers?.map((waiver) => refusal(waiver, TODAY))).toEqual([why]);
    const findings = check(contextOf({ text: waiving(parts) }));
    const own = findings.find(({ rule, subject }) => rule === "power/firm-supply" && subject === "2026-Q4");
    expect(own).toMatchObject({ verdict: "violated", waiver: why === null ? { owner: "me", ticket: "T-1" } : null });
    expect(exitCode(findings)).toBe(why === null ? 0 : 1);
    expect(findings.filter(({ rule }) => rule === "site/waivers").map(({ message }) => message)).toEqual(
      why === null ? [] : [`the waiver of power/firm-supply for 2026-Q4 is not applied: ${why}`],
    );
  });

  test("one that matches nothing is said to be idle", () => {
    const text = `${siteText("lab")}\nwaivers:\n  - { rule: power/feed, subject: lab.rpp, reason: test, owner: me, ticket: T-1, expires: 2026-12-01 }\n`;
    expect(findingsOf("site/waivers", { text })).toMatchObject([
      { enforcement: "advisory", message: expect.stringContaining("it matches no open finding") },
    ]);
  });

  test("a rule is not waived for another subject", () => {
    const text = waiving("expires: 2026-12-01").replace("subject: 2026-Q4", "subject: 2027-Q1");
    expect(exitCode(check(contextOf({ text })))).toBe(1);
  });
});

describe("a policy-pack configuration", () => {
  const read = (text: string) => readPackConfig(text, "levels.json", RULE_IDS);

  test.each([
    ['{"power/firm-supply":"advisory"}', "advisory"],
    ['{"power/firm-supply":{"enforcementLevel":"disabled"}}', "disabled"],
    ['{"all":"advisory"}', "advisory"],
  ])("%s relaxes, and says by which file", (text, level) => {
    const config = read(text);
    if (!("levels" in config)) throw new Error("not read");
    const findings = check(contextOf({ text: labWith(["value: 2 MW", "value: 1 MW"]) }), config);
    expect(findings.find(({ rule, verdict }) => rule === "power/firm-supply" && verdict === "violated")).toMatchObject({
      enforcement: "advisory",
      relaxedBy: `levels.json: ${level}`,
    });
    expect(exitCode(findings)).toBe(0);
  });

  test("never makes an advisory finding mandatory", () => {
    const config = read('{"all":"mandatory"}');
    if (!("levels" in config)) throw new Error("not read");
    const findings = check(contextOf({ text: siteText("lab"), today: "2027-06-01" }));
    expect(relaxed(findings, config)).toEqual(findings);
  });

  test.each([
    ['{"power/firm-suply":"advisory"}', "unknown rule", "did you mean power/firm-supply?"],
    ['{"power/feed":"off"}', "unknown enforcement level", 'write "advisory", or {"enforcementLevel": "advisory"}'],
    ['{"power/feed":["advisory"]}', "unknown enforcement level", expect.any(String)],
    ['{"power/feed":null}', "unknown enforcement level", expect.any(String)],
    ['{"__proto__":"advisory"}', "unknown rule", expect.any(String)],
    ["[]", "not a policy-pack configuration", 'write {"rule/id": "advisory"}'],
    ["{", "not a policy-pack configuration", 'write {"rule/id": "advisory"}'],
  ])("%s is refused", (text, problem, fix) => {
    expect(read(text)).toMatchObject([{ problem, fix }]);
  });
});

test("what is mandatory rises with the state", () => {
  const at = (state: "designed" | "energized") =>
    summaryOf(check(contextOf({ text: labWith(["value: 2 MW", "value: unknown"]), asState: state })));
  expect(at("designed").verdict).toBe("proved");
  expect(at("energized").verdict).toBe("unproved");
});
