import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { displayWidth, endWithin, startWithin } from "../../components/site/display-width.ts";
import type { Fault } from "../../components/site/fault.ts";
import { inert, showFaults } from "../../components/site/show-fault.ts";
import { siteSource } from "../../components/site/source.ts";

/** A fault at a place of a text, shown. */
function shown(text: string, line: number, column: number, fault: Partial<Fault> = {}): readonly string[] {
  const at = { path: `@${line}:${column}`, problem: "p", got: "g", allowed: "a", fix: "f" };
  return showFaults([{ ...at, ...fault }], siteSource("site.yaml", text, null)).split("\n");
}

/** The source line and the carets under it. */
const pointed = (text: string, column: number): readonly string[] => shown(text, 1, column).slice(1, 3);

test("place, problem, line, caret, what to change", () => {
  expect(shown("a: 1\nb: two words # why\n", 2, 4)).toEqual([
    "site.yaml:2:4  p",
    "   2 | b: two words # why",
    "     |    ^^^^^^^^^",
    "got g · allowed a · fix: f",
  ]);
});

test("a path is named, a place in the text is not named twice", () => {
  expect(shown("a: 1", 1, 1, { path: "pools[0].id" })[0]).toBe("site.yaml:1:1  pools[0].id: p");
});

test("a file that could not be read has no line to show", () => {
  expect(shown("", 1, 1, { path: "" })).toEqual(["site.yaml:1:1  p", "got g · allowed a · fix: f"]);
});

test("faults are set apart by an empty line", () => {
  const fault = { path: "@1:1", problem: "p", got: "g", allowed: "a", fix: "f" };
  const source = siteSource("site.yaml", "a: 1", null);
  expect(showFaults([fault, fault], source).split("\n\n")).toHaveLength(2);
});

describe("the carets cover the token", () => {
  test.each([
    ['a: "two: words", b', 4, 12],
    ["a: 'it', b", 4, 4],
    ["{ key: value, b: c }", 3, 3],
    ["{ key: value, b: c }", 8, 5],
    ["url: http://a.b/c d # e", 6, 14],
    ["a: [b]", 4, 1],
    ["a:", 3, 1],
    ['a: "open', 4, 5],
  ])("%s at %i", (text, column, length) => {
    expect(pointed(text, column)[1]?.trim()).toBe(`| ${" ".repeat(column - 1)}${"^".repeat(length)}`);
  });

  test("letters of two columns, and marks of none", () => {
    expect(pointed("名前: 値x", 5)).toEqual(["   1 | 名前: 値x", "     |       ^^^"]);
    expect(pointed("e\u0301: 1", 5)).toEqual(["   1 | e\u0301: 1", "     |    ^"]);
  });

  test("a tab takes one column", () => {
    expect(pointed("a:\tb", 4)).toEqual(["   1 | a: b", "     |    ^"]);
  });
});

describe("a long line is cut around the caret", () => {
  const line = `${"a".repeat(100)} token ${"b".repeat(100)}`;
  test.each([
    ["start", 1],
    ["middle", 102],
    ["end", 208],
  ])("%s", (_, column) => {
    const [source = "", carets = ""] = pointed(line, column);
    expect(source.length).toBeLessThanOrEqual(80);
    expect(carets.length).toBeLessThanOrEqual(80);
    const at = carets.indexOf("^");
    expect(source.slice(at).replace("…", "")).toBe(
      line.slice(column - 1).slice(0, source.length - at - (source.endsWith("…") ? 1 : 0)),
    );
  });
});

const anyLine = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
property.prop([anyLine, fc.nat(400)])("whatever the line, what is shown fits 80 columns", (line, column) => {
  for (const text of pointed(line.replaceAll("\n", " "), column + 1))
    expect(displayWidth(text)).toBeLessThanOrEqual(80);
});

property.prop([fc.string({ unit: "binary", maxLength: 100 }), fc.nat(100)])(
  "nothing of a file steers a terminal",
  (text, column) => {
    const source = siteSource(text, text, null);
    const fault = { path: `@1:${column + 1}`, problem: text, got: text, allowed: text, fix: text };
    expect(showFaults([fault], source).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  },
);

test("control characters are made visible, long texts are cut", () => {
  expect(inert("a\u001b[31mb\u202ec\u0000")).toBe("a\ufffd[31mb\ufffdc\ufffd");
  expect(inert("x".repeat(161))).toBe(`${"x".repeat(159)}…`);
  expect(inert("x".repeat(160))).toBe("x".repeat(160));
});

property.prop([fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(50)])(
  "a cut text fits and is a piece of the whole",
  (text, columns) => {
    const [start, end] = [startWithin(text, columns), endWithin(text, columns)];
    expect(Math.max(displayWidth(start), displayWidth(end))).toBeLessThanOrEqual(columns);
    expect(text.startsWith(start) && text.endsWith(end)).toBe(true);
    if (displayWidth(text) <= columns) expect([start, end]).toEqual([text, text]);
  },
);
