import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { unitsOf } from "../../components/quantity.ts";
import { type LoadResult, readSite } from "../../components/site/load.ts";
import { PHASE_STATES } from "../../components/site/phase-state.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { known, opening, ROOT } from "../support/sites.ts";

const readme = readFileSync(`${ROOT}/stacks/README.md`, "utf8");
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block = ""]) => block);
const [example = "", ...fragments] = blocks("yaml");

const reading = (text: string): LoadResult => readSite(text, "stacks/mill-creek/site.yaml", known);
const shown = (read: LoadResult): string => (read.ok ? "" : showFaults(read.faults, read.source));

test("the example is read and planned", () => {
  expect(shown(reading(example))).toBe("");
  expect(opening(example, "mill-creek").plan.phases.map(({ racks }) => racks)).toEqual([8, 8]);
});

test.each(fragments.map((fragment) => [fragment.split("\n")[0] ?? "", fragment]))(
  "the part %s fits the example",
  (_, part) => {
    const whole = { ...(parse(example) as object), ...(parse(part) as object) };
    expect(shown(reading(stringify(whole)))).toBe("");
  },
);

test("the mistake is shown as the program shows it", () => {
  const [mistake = ""] = blocks("text");
  expect(shown(reading(example.replace("gb300-nvl72", "gb300-nvl27")))).toBe(mistake.trimEnd());
});

describe("what the page says is so", () => {
  test.each([
    "power",
    "voltage",
    "duration",
    "ratio",
    "flow",
    "temperature",
    "temperatureRise",
    "length",
    "mass",
    "pressure",
    "waterUse",
    "money",
    "energyPrice",
  ] as const)("the units of %s", (dimension) => {
    const { units, example: written } = unitsOf(dimension);
    const row = readme.split("\n").find((line) => line.includes(`\`${written}\``) && line.startsWith("|")) ?? "";
    for (const unit of units) expect(row).toContain(unit);
  });

  test("the states", () => {
    const said = readme.replaceAll("\n", " ");
    expect(said).toContain(`The states are ${PHASE_STATES.slice(0, -1).join(", ")} and ${PHASE_STATES.at(-1)}.`);
  });

  test("a template in brackets needs quotes", () => {
    expect(shown(reading(example.replace("[b1]", "[b{1..2}]")))).toContain("comma missing");
  });
});
