import { describe, expect, test } from "vitest";
import { blocks, check, checkRule, checkWaivers } from "../../policies/check.ts";
import { EXPLAINED } from "../../policies/explain.ts";
import type { Finding } from "../../policies/finding.ts";
import { asOf } from "../../policies/pack/as-of.ts";
import { blindRules, knownBad, objects } from "../../policies/pack/self-test.ts";
import { RULES } from "../../policies/registry.ts";
import type { Context, Rule } from "../../policies/rule.ts";

const everyBad = knownBad();
/** The bad site to which a rule objects: of racks, or of instances. */
function badFor(rule: Rule): Context {
  const found = everyBad.find((context) => objects(rule, context));
  if (found === undefined) throw new Error(`${rule.id} has no objection`);
  return found;
}
const isOpen = ({ verdict }: Finding): boolean => verdict === "violated" || verdict === "unproved";

/** The first objection of a rule to the site in which nothing is right. */
function objection(rule: Rule): Finding {
  const found = checkRule(rule, badFor(rule)).find(isOpen);
  if (found === undefined) throw new Error(`${rule.id} has no objection`);
  return found;
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const bad = badFor(rule);
  const { subject } = objection(rule);
  const waivedUntil = (expires: string) => ({
    ...bad,
    waivers: [{ rule: rule.id, subject, reason: "known", owner: "me", ticket: "T-1", expires }],
  });

  test("waived: the finding keeps its verdict, carries the waiver and does not block; no other finding does", () => {
    const context = waivedUntil("2027-01-01");
    const own = checkRule(rule, context).filter((finding) => finding.subject === subject);
    expect(own).toEqual([
      { ...objection(rule), waiver: { reason: "known", owner: "me", ticket: "T-1", expires: "2027-01-01" } },
    ]);
    expect(own.some(blocks)).toBe(false);
    expect(check(context).filter(({ waiver }) => waiver !== null)).toEqual(own);
    expect(checkWaivers(context)).toEqual([]);
  });

  test.each([
    ["expired", "2026-12-31", "it expired on 2026-12-31"],
    ["too far ahead", "2027-04-02", "it runs for 91 days, at most 90 are allowed"],
    ["no day", "2027-02-30", "its day 2027-02-30 is no calendar day"],
  ])("a waiver that is %s is not applied, and said", (_, expires, why) => {
    const context = waivedUntil(expires);
    expect(checkRule(rule, context)).toEqual(checkRule(rule, bad));
    expect(checkWaivers(context).map(({ message }) => message)).toEqual([
      `the waiver of ${rule.id} for ${subject} is not applied: ${why}`,
    ]);
  });

  test("a pack in which it is blind does not start", () => {
    expect(blindRules([{ ...rule, subjects: () => [] }], everyBad)).toEqual([rule.id]);
  });
});

test("every rule objects to a site in which nothing is right", () => {
  expect(blindRules(RULES, everyBad)).toEqual([]);
});

test("a mandatory rule that is only advisory where it counts is blind", () => {
  const rules = RULES.map((rule): Rule => ({ ...rule, enforcement: "advisory" }));
  // On that day no price is old, and no document signed.
  expect(
    blindRules(
      rules,
      everyBad.map((bad) => ({ ...bad, today: "2020-01-01" })),
    ),
  ).toEqual(["site/gate-order", "site/gate-values", "cost/price-age"]);
  const [late] = RULES.filter(({ mandatoryFrom }) => mandatoryFrom !== null);
  if (late === undefined) throw new Error("some rule rises with the state");
  expect(
    blindRules(
      [late],
      everyBad.map((bad) => ({ ...bad, asState: "designed" as const })),
    ),
  ).toEqual([late.id]);
});

test("ids are public, unique and of a domain", () => {
  const ids = EXPLAINED.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^(?:power|cooling|hall|compute|network|site|serving|cost|netbox|aws)\/[a-z]+(?:-[a-z]+)*$/);
});

describe("the day and state that the pack judges by", () => {
  const clock = () => new Date("2026-11-24T23:59:59Z");
  test.each([
    ["the clock's", {}, { ok: true, today: "2026-11-24", asState: null }],
    ["empty is unset", { MILLRACE_TODAY: "", MILLRACE_AS_STATE: "" }, { ok: true, today: "2026-11-24", asState: null }],
    [
      "given",
      { MILLRACE_TODAY: "2027-02-28", MILLRACE_AS_STATE: "online" },
      { ok: true, today: "2027-02-28", asState: "online" },
    ],
  ])("%s", (_, environment, expected) => {
    expect(asOf(environment, clock)).toEqual(expected);
  });

  test.each([
    [{ MILLRACE_TODAY: "2027-02-29" }, "MILLRACE_TODAY: got 2027-02-29"],
    [{ MILLRACE_TODAY: "tomorrow" }, "MILLRACE_TODAY: got tomorrow"],
    [{ MILLRACE_AS_STATE: "onlin" }, "MILLRACE_AS_STATE: got onlin"],
  ])("%o is refused", (environment, start) => {
    const read = asOf(environment, clock);
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining(start) });
  });
});
