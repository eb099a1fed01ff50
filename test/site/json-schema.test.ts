import { fc, test as property } from "@fast-check/vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { type Dimension, isMisread, parse, unitsOf } from "../../components/quantity.ts";
import { isDay } from "../../components/site/day.ts";
import { siteJsonSchema } from "../../components/site/json-schema.ts";
import { MINIMAL_SITE, minimalWith } from "../support/minimal-site.ts";
import { siteText } from "../support/sites.ts";

/** The schema as an editor's validator takes it: none of our keywords is known. */
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, discriminator: false, formats: { date: isDay } });
const accepts = ajv.compile(siteJsonSchema() as object);

describe("what is read, an editor accepts", () => {
  test.each([
    ["minimal", MINIMAL_SITE],
    ["lab", siteText("lab")],
    ["independence-mo", siteText("independence-mo")],
  ])("%s", (_, text) => {
    accepts(parseYaml(text));
    expect(accepts.errors).toBeNull();
  });
});

describe("what is not read, an editor marks", () => {
  test.each([
    ["name: Mill Creek", "nam: Mill Creek"],
    ["powerBudget: 2 MW", "powerBudget: 2 mw"],
    ["powerBudget: 2 MW", "powerBudget: 2"],
    ["voltage: 13.8 kV", "voltage: 13.8 MW"],
    ["value: 1.20,", "value: -1,"],
    ["capex: $450 M", "capex: 450 M"],
    ["capex: $450 M", "capex: 450"],
    ["value: 40 MW, source", "valeu: 40 MW, source"],
    ["state: permitted", "state: permited"],
    ["kind: kubernetes", "kind: render"],
    ["kind: kubernetes", "kind: cluster"],
    ["date: 2026-02-03", "date: 2026-02-30"],
    ["id: plant", "id: plant-"],
  ])("%s → %s", (piece, by) => {
    expect(accepts(parseYaml(minimalWith([piece, by])))).toBe(false);
  });
});

/** Every pattern of the schema, held against long texts that nearly fit. */
const patternsIn = (schema: unknown): readonly string[] =>
  typeof schema !== "object" || schema === null
    ? []
    : Object.entries(schema).flatMap(([key, value]) =>
        key === "pattern" && typeof value === "string" ? [value] : patternsIn(value),
      );

test.each([...new Set(patternsIn(siteJsonSchema()))])("no text is long enough to hold up %s", (pattern) => {
  const parts = ["a", "a-", "1", "1.", "b{1..1}", "b{1..1", "A/", "_", "2026-Q", " k", "$1"];
  const regexp = new RegExp(pattern, "u");
  for (const part of parts) expect(regexp.test(`${part.repeat(100_000 / part.length)}\n`)).toBe(false);
});

const FIELD: Readonly<Record<Dimension, readonly [string, string] | null>> = {
  power: ["powerBudget: 2 MW", "powerBudget: "],
  voltage: ["voltage: 13.8 kV", "voltage: "],
  duration: ["priceAge: 365 d", "priceAge: "],
  rate: ["peak: 3 /s", "peak: "],
  ratio: ["derating: 100 %", "derating: "],
  money: ["capex: $450 M", "capex: "],
  energyPrice: ["tariff: 7.1 c/kWh", "tariff: "],
  flow: ["flow: 1200 l/min", "flow: "],
  temperature: ["supply: 30 °C", "supply: "],
  temperatureRise: ["rise: 15 K", "rise: "],
  length: ["width: 20 m", "width: "],
  mass: ["rackWeight: 1360 kg", "rackWeight: "],
  pressure: ["floorLoad: 25 kPa", "floorLoad: "],
  waterUse: ["wue: 0.1 l/kWh", "wue: "],
  density: null,
  specificHeat: null,
  dataRate: ["portSpeed: 400 Gb/s", "portSpeed: "],
  bytes: null,
  powerRate: null,
  byteRate: null,
  count: null,
  resistance: null,
  conductivity: null,
  acidity: null,
  concentration: null,
};
const dimensions = (Object.keys(FIELD) as Dimension[]).filter((dimension) => FIELD[dimension] !== null);
const anyUnit = fc.constantFrom(
  ...dimensions.flatMap((dimension) => unitsOf(dimension).units),
  "kw",
  "GB",
  "mW",
  "$",
  "kWh",
);
const anyQuantity = fc
  .tuple(
    fc.constantFrom("", "$", "-", "+"),
    fc.stringMatching(/^\d{0,17}(\.\d{0,14})?$/),
    fc.constantFrom("", " ", "  "),
    anyUnit,
  )
  .map((parts) => parts.join(""));

property.prop([fc.constantFrom(...dimensions), anyQuantity], { numRuns: 1_000 })(
  "the pattern of a quantity reads what is read, and beside it only what is too large or too fine",
  (dimension, text) => {
    const [piece, key] = FIELD[dimension] ?? ["", ""];
    const accepted = accepts(parseYaml(minimalWith([piece, `${key}${JSON.stringify(text)}`])));
    const read = parse(dimension, text);
    const beyond = isMisread(read) && /^(?:whole micro-dollars|a value below)/.test(read.allowed);
    expect(accepted).toBe(!isMisread(read) || beyond);
  },
);
