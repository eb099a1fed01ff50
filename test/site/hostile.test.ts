import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadSite } from "../../components/site/load.ts";
import { inert, showFaults } from "../../components/site/show-fault.ts";
import { known, labWith, reading, siteText } from "../support/sites.ts";

const problems = (text: string): readonly string[] => {
  const read = reading(text);
  return read.ok ? [] : read.faults.map(({ problem }) => problem);
};

describe("is refused, with its place", () => {
  test.each([
    ["a control character", labWith(["Lab pod", "Lab\u0007 pod"]), "control character"],
    ["NUL", labWith(["Lab pod", "Lab\u0000 pod"]), "control character"],
    ["text turned around", labWith(["Lab pod", "Lab \u202epod"]), "control character"],
    ["a file of 200 kB", `${siteText("lab")}\n${"# comment\n".repeat(20_000)}`, "file is too large"],
    ["a line of 3,000 characters", labWith(["Lab pod", "x".repeat(3_000)]), "line is too long"],
    ["brackets 100 deep", `a: ${"[".repeat(100)}`, "nested too deep"],
    ["dashes 100 deep", "- ".repeat(100), "nested too deep"],
    [
      "blocks 200 deep",
      Array.from({ length: 200 }, (_, level) => `${" ".repeat(level)}a:`).join("\n"),
      "nested too deep",
    ],
    ["an anchor and its alias", labWith(["capacity: owned", "capacity: &a owned"]), "anchor"],
    ["a tag", labWith(["capacity: owned", "capacity: !!js/function owned"]), "tag"],
    ["a doubled key", labWith(["capacity: owned", "capacity: owned\n    capacity: spot"]), "key stands twice"],
    ["__proto__", labWith(["capacity: owned", "capacity: owned\n    __proto__: { polluted: true }"]), "reserved key"],
    ["constructor", labWith(["capacity: owned", "capacity: owned\n    constructor: x"]), "reserved key"],
    ["a number for a key", labWith(["capacity: owned", "capacity: owned\n    1: x"]), "key is no plain word"],
    ["two documents", `${siteText("lab")}\n---\na: b`, "more than one document"],
    ["an empty file", "", "no readable document"],
    ["broken syntax", labWith(["capacity: owned", "capacity: [owned"]), "not valid YAML"],
    ["a list at the top", "- a\n- b", "wrong kind of value"],
    ["a merge key", labWith(["capacity: owned", "capacity: owned\n    <<: { a: b }"]), "unknown key"],
  ])("%s", (_, text, problem) => {
    const read = reading(text);
    if (read.ok) throw new Error("the site was read");
    expect(read.faults.map((fault) => fault.problem)).toContain(problem);
    for (const fault of read.faults) {
      const { line, column } = read.source.locate(fault.path, fault.atKey === true ? "key" : "value");
      expect(line).toBeLessThanOrEqual(text.split("\n").length);
      expect(column).toBeGreaterThan(0);
    }
  });
});

test("nothing leaks into objects that others use", () => {
  problems(labWith(["capacity: owned", "capacity: owned\n    __proto__: { polluted: true }"]));
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("a billion laughs are not laughed", () => {
  const laughs = [
    "a: &a [ha]",
    ...Array.from({ length: 20 }, (_, index) => `${"bcdefghijklmnopqrstuv"[index]}: &x${index} [*a, *a, *a]`),
  ].join("\n");
  expect(problems(laughs)).toContain("anchor");
});

test("a file that is not there, or not UTF-8", () => {
  const read = loadSite("/nowhere/site.yaml", known);
  expect(read.ok ? [] : read.faults).toMatchObject([{ problem: "file cannot be read", got: "ENOENT" }]);
});

test("CRLF and a byte order mark change nothing", () => {
  expect(problems(`\ufeff${siteText("lab").replaceAll("\n", "\r\n")}`)).toEqual([]);
});

test("what a message shows cannot steer a terminal", () => {
  expect(inert("a\u001b[31mb\u202ec\u0000")).toBe("a\ufffd[31mb\ufffdc\ufffd");
  const read = reading(labWith(["capacity: owned", 'capacity: "\\e[31mred"']));
  if (read.ok) throw new Error("the site was read");
  expect(showFaults(read.faults, read.source)).not.toContain("\u001b");
});

property.prop([fc.string({ unit: "binary", maxLength: 2_000 })], { numRuns: 500 })(
  "any text is read or refused, never thrown",
  (text) => {
    const read = reading(text);
    if (!read.ok) expect(showFaults(read.faults, read.source)).not.toBe("");
  },
);

type Path = readonly (string | number)[];
const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value !== "object" || value === null
    ? [path]
    : [
        path,
        ...Object.entries(value).flatMap(([key, item]) =>
          pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

const mutations = [
  () => undefined,
  () => null,
  () => "x",
  () => -1,
  () => [],
  () => ({ a: 1 }),
  () => "9".repeat(500),
  (value: unknown) => [value, value],
] as const;

const lab: unknown = parse(siteText("lab"));
const paths = pathsOf(lab).filter((path) => path.length > 0);

property.prop(
  [fc.array(fc.tuple(fc.nat(paths.length - 1), fc.nat(mutations.length - 1)), { minLength: 1, maxLength: 4 })],
  { numRuns: 300 },
)("a damaged site is read or refused, never thrown", (damages) => {
  const site = structuredClone(lab);
  for (const [pick, how] of damages) {
    const path = paths[pick] ?? [];
    let parent = site as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) parent = (parent?.[key] ?? {}) as Record<string | number, unknown>;
    const last = path.at(-1) ?? "";
    if (typeof parent === "object" && parent !== null) parent[last] = mutations[how]?.(parent[last]);
  }
  const read = reading(stringify(site, { aliasDuplicateObjects: false }));
  if (!read.ok) expect(read.faults.length).toBeGreaterThan(0);
});
