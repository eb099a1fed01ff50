import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { isDay } from "../../components/site/day.ts";
import { nearest } from "../../components/site/nearest.ts";
import { printPath, readPath } from "../../components/site/path.ts";
import { hasReached, isOpen } from "../../components/site/phase-state.ts";
import { nextQuarter, quartersBetween } from "../../components/site/quarter.ts";
import { expandIds } from "../../components/site/template.ts";

describe("templates", () => {
  test.each([
    ["b1", ["b1"]],
    ["b{1..3}", ["b1", "b2", "b3"]],
    ["hall{9..10}-east", ["hall9-east", "hall10-east"]],
    ["b{3..1}", []],
    ["b{1..}", ["b{1..}"]],
  ])("%s", (template, ids) => {
    expect(expandIds(template)).toEqual(ids);
  });
});

describe("did you mean", () => {
  test.each([
    ["sistem", ["system", "scheme"], "system"],
    ["gb300-nvl27", ["gb300-nvl72", "gb200-nvl72"], "gb300-nvl72"],
    ["xyz", ["system"], null],
    ["", ["a"], null],
    ["a".repeat(100_000), ["a"], null],
  ])("%s", (got, known, near) => {
    expect(nearest(got, known)).toBe(near);
  });
});

property.prop([
  fc.array(fc.oneof(fc.nat(99), fc.string({ minLength: 1, maxLength: 12 })), { minLength: 1, maxLength: 6 }),
])("a path reads as it was printed", (steps) => {
  expect(readPath(printPath(steps))).toEqual(steps);
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
])("%s is a day: %s", (text, day) => {
  expect(isDay(text)).toBe(day);
});

test("states rise to online; only accepted and online are open", () => {
  expect(hasReached("energized", "permitted")).toBe(true);
  expect(hasReached("permitted", "energized")).toBe(false);
  expect(
    ["designed", "energized", "burn-in", "accepted", "online", "retired"].map((state) => isOpen(state as "online")),
  ).toEqual([false, false, false, true, true, false]);
});
