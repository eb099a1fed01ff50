import { describe, expect, test } from "vitest";
import { check } from "../policies/check.ts";
import { contextOf } from "./support/context.ts";
import { labWith, siteText } from "./support/sites.ts";

type Change = readonly [piece: string, by: string];

const openOf = (...changes: readonly Change[]) =>
  check(contextOf({ text: labWith(...changes) }))
    .filter(({ verdict }) => verdict === "violated" || verdict === "unproved")
    .map(({ rule, subject, verdict, message }) => ({ rule, subject, verdict, message }));

/** A level of the lab with another number of elements, and another scheme. */
const level = (id: string, count: number, scheme: string): Change => {
  const found = new RegExp(`- id: ${id}\\b[^\\n]*\\n(?: {6}.*\\n)*`).exec(siteText("lab"))?.[0] ?? id;
  return [found, found.replace(/count: \d+/, `count: ${count}`).replace(/scheme: \S+/, `scheme: ${scheme}`)];
};

describe("one thing broken on purpose in the lab: the one finding that an engineer would write", () => {
  test("nothing broken: none", () => {
    expect(openOf()).toEqual([]);
  });

  test.each<[what: string, change: Change, rule: string, subject: string, message: string]>([
    [
      "one RPP less",
      level("rpp", 3, "4N/3"),
      "power/feed",
      "lab.rpp",
      "lab.h1.p1.rpp-1 with lab.h1.p1.rpp-2 out: needs 777.736 kW, has 500 kW; short by 277.736 kW",
    ],
    [
      "two of four lineups on one transformer",
      level("transformer", 3, "N"),
      "power/feed",
      "lab.transformer",
      "lab.transformer-1 with lab.h1.p1.rpp-3 out: needs 1.032 MW, has 1 MW; short by 31.554 kW",
    ],
    [
      "all chillers on one bus",
      ["      fedBy: transfer-switch", "      lineups: [2]\n      fedBy: transfer-switch"],
      "cooling/outage",
      "lab.transfer-switch",
      "8 racks without cooling with lab.transfer-switch-2 out: all 4 of chiller go with it",
    ],
    [
      "a genset that starts after the batteries are empty",
      ["start: { value: 12 s", "start: { value: 15 min"],
      "power/ride-through",
      "lab.ups",
      "lab.ups-1 with substation-4 out: needs 900.3 s until the reserve carries it, has 833.1 s stored; short by 67.2 s",
    ],
    [
      "an evidence value past its threshold",
      ["ride-through: 140 s", "ride-through: 80 s"],
      "site/gate-values",
      "phases.lab.integrated-systems-test.ride-through",
      "lab: integrated-systems-test, time within temperature after cooling is lost: needs at least 90 s, has 80 s; short by 10 s (ride-through in LAB-L5-001 of 2026-09-17)",
    ],
  ])("%s", (_, change, rule, subject, message) => {
    expect(openOf(change)).toEqual([{ rule, subject, verdict: "violated", message }]);
  });
});

describe("the lab with two sides instead of four lineups, and no gensets", () => {
  const gensets = /^ {4}- id: genset\n(?: {6}.*\n)*/m.exec(siteText("lab"))?.[0] ?? "gensets";
  const outages = /^ {2}outages:.*\n {4}- .*\n/m.exec(siteText("lab"))?.[0] ?? "outages";
  const sides: readonly Change[] = [
    ["      services: [substation-4]\n", ""],
    [gensets, ""],
    ["      reserve: genset\n", ""],
    [outages, ""],
    ["count: 4\n      scheme: 4N/3\n      primary", "count: 2\n      scheme: 2N\n      primary"],
    ['1 MW, source: "transformer', '2 MW, source: "transformer'],
    [
      "transfer-switch\n      per: building\n      count: 4\n      scheme: 4N/3",
      "transfer-switch\n      per: building\n      count: 2\n      scheme: 2N",
    ],
    ['1.25 MW, source: "switchgear', '2.5 MW, source: "switchgear'],
    level("ups", 2, "2N"),
    ['1 MW, source: "UPS', '2 MW, source: "UPS'],
    level("rpp", 2, "2N"),
    ["value: 500 kW", "value: 1.5 MW"],
    level("whip", 10, "2N"),
    level("air-handler", 6, "N+1"),
    level("pump", 4, "N+1"),
    level("chiller", 6, "N+1"),
  ];

  test("holds", () => {
    expect(openOf(...sides)).toEqual([]);
  });

  test("both sides on one transformer: one finding", () => {
    const one: Change = ["count: 2\n      scheme: 2N\n      primary", "count: 1\n      scheme: N\n      primary"];
    expect(openOf(...sides, one)).toEqual([
      {
        rule: "power/outage",
        subject: "lab.transformer",
        verdict: "violated",
        message: "8 racks without power with lab.transformer-1 out: their feeds go out together",
      },
    ]);
  });
});
