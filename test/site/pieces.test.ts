import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { isDay } from "../../components/site/day.ts";
import { nearest } from "../../components/site/nearest.ts";
import { printPath, printPlace, readPath, readPlace } from "../../components/site/path.ts";
import { hasReached, isOpen } from "../../components/site/phase-state.ts";
import { nextQuarter, quartersBetween } from "../../components/site/quarter.ts";
import { select, selectTexts } from "../../components/site/select.ts";
import { expandIds, runOf } from "../../components/site/template.ts";

describe("templates", () => {
  test.each([
    ["b1", ["b1"]],
    ["b{1..3}", ["b1", "b2", "b3"]],
    ["b{08..10}", ["b08", "b09", "b10"]],
    ["hall{9..10}-east", ["hall9-east", "hall10-east"]],
    ["b{7..7}", ["b7"]],
    ["b{3..1}", []],
    ["b{1..}", ["b{1..}"]],
    ["b{1..2}{1..2}", ["b{1..2}{1..2}"]],
    ["b{00001..2}", ["b{00001..2}"]],
  ])("%s", (template, ids) => {
    expect(expandIds(template)).toEqual(ids);
  });

  test("the numbers of a run", () => {
    expect([runOf("b{3..10}"), runOf("b3")]).toEqual([{ first: 3, last: 10 }, null]);
  });

  test("a long text is looked at once", () => {
    expect(expandIds("b{1..1}".repeat(15_000))).toHaveLength(1);
    expect(expandIds("{1..1".repeat(20_000))).toHaveLength(1);
  });
});

describe("did you mean", () => {
  test.each([
    ["a letter apart", "sistem", ["system", "scheme"], "system"],
    ["neighbours swapped", "gb300-nvl27", ["gb300-nvl72", "gb200-nvl72"], "gb300-nvl72"],
    ["in another case", "GB300-NVL72", ["gb300-nvl72"], "gb300-nvl72"],
    ["the nearer of two", "pools", ["pool", "polls", "pools-2"], "polls"],
    ["the first by name of two as near", "b3", ["b2", "b1"], "b1"],
    ["the start of one word", "gb300", ["gb300-nvl72", "gb200-nvl72"], "gb300-nvl72"],
    ["the start of two", "gb", ["gb300-nvl72", "gb200-nvl72"], null],
    ["near to none", "xyz", ["system"], null],
    ["nothing written", "", ["abc"], null],
    ["nothing known", "abc", [], null],
    ["a very long text", "a".repeat(100_000), ["a"], null],
  ])("%s", (_, got, known, near) => {
    expect(nearest(got, known)).toBe(near);
  });
});

describe("paths", () => {
  test.each([
    ["pools[0].system", ["pools", 0, "system"]],
    ['a["b.c"][0]', ["a", "b.c", 0]],
    ['["200 kW"]', ["200 kW"]],
    ['a["\\"]["].b', ["a", '"][', "b"]],
    ["", []],
  ])("%s", (path, steps) => {
    expect(readPath(path)).toEqual(steps);
    expect(printPath(steps)).toBe(path);
  });

  test.each([
    ["a.", ["a"]],
    ["a[x].b", ["a"]],
    ['a["\\q"].b', ["a"]],
    ["a[99999999999]", ["a"]],
  ])("what is no path is read as far as it is one: %s", (path, steps) => {
    expect(readPath(path)).toEqual(steps);
  });

  property.prop([fc.array(fc.oneof(fc.nat(999), fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 6 })])(
    "read as they were printed",
    (steps) => {
      expect(readPath(printPath(steps))).toEqual(steps);
    },
  );

  property.prop([fc.string({ maxLength: 60 })])("any text is read", (path) => {
    expect(Array.isArray(readPath(path))).toBe(true);
  });

  test("a place in the text", () => {
    expect(readPlace(printPlace({ line: 12, column: 5 }))).toEqual({ line: 12, column: 5 });
    expect([readPlace("pools[0]"), readPlace("@1"), readPlace("@1:2:3")]).toEqual([null, null, null]);
  });
});

describe("selectors", () => {
  const root = { a: [{ b: ["x", "y"] }, { b: ["z", 7] }, {}], c: "w" };
  test("find what is there, with its path", () => {
    expect(selectTexts(root, "a[].b[]").found).toEqual([
      { value: "x", path: "a[0].b[0]" },
      { value: "y", path: "a[0].b[1]" },
      { value: "z", path: "a[1].b[0]" },
    ]);
    expect(select(root, "c")).toEqual({ found: [{ value: "w", path: "c" }], complete: true });
  });

  test("say where they could not follow", () => {
    expect(select(root, "a[].b[]").complete).toBe(false);
    expect(select(root, "a[]").complete).toBe(true);
    expect(selectTexts({ a: ["x", 7] }, "a[]").complete).toBe(false);
    expect(select(root, "c[]")).toEqual({ found: [], complete: false });
    expect(select(root, "toString")).toEqual({ found: [], complete: false });
    expect(select(null, "a")).toEqual({ found: [], complete: false });
  });
});

test("quarters run over the year's end", () => {
  expect(nextQuarter("2026-Q4")).toBe("2027-Q1");
  expect(quartersBetween("2026-Q3", "2027-Q2")).toEqual(["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]);
  expect(quartersBetween("2027-Q2", "2027-Q1")).toEqual([]);
});

test.each([
  ["2028-02-29", true],
  ["2026-02-29", false],
  ["2026-11-31", false],
  ["2026-1-1", false],
  ["20261124", false],
  ["2026-11-24\n", false],
])("%j is a day: %s", (text, day) => {
  expect(isDay(text)).toBe(day);
});

test("states rise to online; only accepted and online are open", () => {
  expect(hasReached("energized", "permitted")).toBe(true);
  expect(hasReached("permitted", "energized")).toBe(false);
  const states = ["designed", "energized", "burn-in", "accepted", "online", "retired"] as const;
  expect(states.map(isOpen)).toEqual([false, false, false, true, true, false]);
});
