import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { PLAIN } from "../../cli/colours.ts";
import { capacityReasons } from "../../cli/format/capacity-text.ts";
import { checkText } from "../../cli/format/check-text.ts";
import { megawattColumns } from "../../cli/format/megawatts.ts";
import { planText } from "../../cli/format/plan-text.ts";
import { drawTable as table } from "../../cli/format/table.ts";
import { wrap } from "../../cli/format/wrap.ts";
import { judgeObjects } from "../../cli/judged.ts";
import { watts } from "../../components/quantity.ts";
import { displayWidth } from "../../components/site/display-width.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { minimalWith } from "../support/minimal-site.ts";
import { OPEN_SITE } from "../support/open-site.ts";
import { opening, siteText } from "../support/sites.ts";

/** Ids as long as the schema lets them be. */
const LONG = ["first", "second", "small", "large", "chat", "research"].reduce(
  (text, id) => text.replaceAll(new RegExp(`\\b${id}\\b`, "g"), id.padEnd(31, "x")),
  minimalWith(),
);

describe.each([
  ["lab", siteText("lab")],
  ["independence-mo", siteText("independence-mo")],
  ["open", OPEN_SITE],
  ["long ids", LONG],
])("%s", (_name, text) => {
  const opened = opening(text);
  const widest = (shown: string) => Math.max(...shown.split("\n").map(displayWidth));

  test("the plan fits 80 columns", () => {
    expect(widest(planText(opened.plan, capacityReasons(opened.plan)))).toBeLessThanOrEqual(80);
  });

  test.each([null, "online"] as const)("the first screen of check fits 80 columns, as if %s", (asState) => {
    const judged = judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState }, null);
    expect(widest(checkText(judged, PLAIN))).toBeLessThanOrEqual(80);
  });
});

test("what a person calls their site steers no terminal", () => {
  const { plan } = opening(siteText("lab"));
  const shown = planText({ ...plan, name: "a\u001b[31mb\u202ec\nd" });
  expect(shown.split("\n")[0]).toMatch(/^a\ufffd\[31mb\ufffdc\ufffdd {3}plan /);
});

describe("a table", () => {
  test("numbers stand to the right, words to the left, what is too wide is cut among the words", () => {
    const drawn = table(
      ["name", ">MW"],
      [
        ["a".repeat(90), "1.5"],
        ["b", "1200.0"],
      ],
    );
    expect(drawn.split("\n")).toEqual([
      `  name${" ".repeat(72)}MW`,
      `  ${"a".repeat(69)}…     1.5`,
      `  b${" ".repeat(71)}1200.0`,
    ]);
  });
});

describe("powers in MW", () => {
  const total = (known: number, ...missing: readonly string[]) => ({ known: watts(known), missing });

  test.each([
    ["a kilowatt counts below 100 MW", [1_280_272, 463_673], ["1.280", "0.464"]],
    ["a tenth is fine enough from 100 MW on", [100_000_000, 1_280_272], ["100.0", "1.3"]],
    ["what is not nothing is not shown as nothing", [200_000_000, -327], ["200.0", "-0.000327"]],
    ["nothing is nothing", [0], ["0.000"]],
    ["what lacks something is a floor", [total(96_000_000, "x"), total(5_000_000)], ["≥ 96.000", "5.000"]],
    ["of which nothing is known, is unknown", [null, total(0, "x"), total(0)], ["unknown", "unknown", "0.000"]],
  ])("%s", (_what, column, shown) => {
    expect(megawattColumns([column])).toEqual([shown]);
  });

  test("all columns have the same decimals", () => {
    expect(megawattColumns([[100_000_000], [1_000_000]])).toEqual([["100.0"], ["1.0"]]);
  });
});

describe("wrapping", () => {
  test("a number stays with its unit", () => {
    expect(wrap(`${"x".repeat(75)} 212 MW`, 4)).toBe(`${"x".repeat(75)}\n    212 MW`);
  });

  const word = fc.string({ unit: fc.constantFrom("a", "b", "1", "µ", "漢"), minLength: 1, maxLength: 30 });
  property.prop([fc.array(word, { minLength: 1, maxLength: 40 })])("loses no word and no order, and fits", (words) => {
    const lines = wrap(words.join(" "), 4).split("\n");
    expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(words);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
  });
});
