import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  type Dimension,
  isMisread,
  microUsd,
  parse,
  print,
  type Quantities,
  scaleUp,
  showUsd,
  showWatts,
  unitsOf,
  type Watts,
  watts,
} from "../components/quantity.ts";
import { addTotals, type Load, scaleTotal, total } from "../components/total.ts";

describe("reads", () => {
  test.each([
    ["power", "142 kW", 142_000],
    ["power", "1.005 kW", 1_005],
    ["power", "0.000000001 GW", 1],
    ["power", "9007199254.740991 MW", 9_007_199_254_740_991],
    ["voltage", "13.8 kV", 13_800],
    ["powerRate", "10 MW/s", 10_000_000],
    ["powerRate", "3 MW/min", 50_000],
    ["powerRate", "250 kW/s", 250_000],
    ["dataRate", "400 Gb/s", 400_000_000_000],
    ["bytes", "180 GB", 180_000_000_000],
    ["bytes", "180 GiB", 193_273_528_320],
    ["flow", "130 l/min", 187_200],
    ["flow", "1 m3/h", 24_000],
    ["flow", "1.44 m3/d", 1_440],
    ["flow", "1 l/s", 86_400],
    ["temperature", "30 °C", 30],
    ["temperature", "30.5 C", 30.5],
    ["temperatureRise", "10 K", 10],
    ["length", "0.6 m", 0.6],
    ["mass", "1.36 t", 1_360],
    ["pressure", "12 kPa", 12_000],
    ["waterUse", "0.27 l/kWh", 0.27],
    ["density", "1019.2 kg/m3", 1_019.2],
    ["specificHeat", "3.94 kJ/kgK", 3_940],
    ["duration", "5 y", 157_680_000],
    ["duration", "1.5 min", 90],
    ["duration", "300 ms", 0.3],
    ["ratio", "12.7 %", 0.127],
    ["ratio", "1.25", 1.25],
    ["byteRate", "845.7 GB/s", 845_700_000_000],
    ["powerRate", "3 MW/min", 50_000],
    ["resistance", "400 mohm", 0.4],
    ["resistance", "0.4 Ω", 0.4],
    ["conductivity", "1200 µS/cm", 1_200],
    ["conductivity", "1.2 mS/cm", 1_200],
    ["acidity", "9.1 pH", 9.1],
    ["acidity", "9.1", 9.1],
    ["concentration", "4.5 ppm", 4.5],
    ["length", "50 μm", 0.00005],
    ["pressure", "3 bar", 300_000],
    ["count", "0", 0],
    ["money", "$6.6 B", 6_600_000_000_000_000n],
    ["money", "$38 B", 38_000_000_000_000_000n],
    ["money", "$1.86", 1_860_000n],
    ["energyPrice", "7.1 c/kWh", 71_000n],
    ["energyPrice", "$/kWh 1", null],
    ["energyPrice", "0.071 $/kWh", 71_000n],
    ["energyPrice", "71 $/MWh", 71_000n],
  ] as const)("%s %s", (dimension, text, value) => {
    const read = parse(dimension, text);
    if (value === null) expect(read).toMatchObject({ got: text });
    else expect(read).toBe(value);
  });
});

describe("refuses", () => {
  test.each([
    ["power", "142"],
    ["power", "142 kw"],
    ["power", "142 mW"],
    ["power", "-3 kW"],
    ["power", "1e3 W"],
    ["power", "142 constructor"],
    ["power", "142 kW "],
    ["power", "1,000 kW"],
    ["power", "NaN kW"],
    ["power", "９ kW"],
    ["temperature", "-5 C"],
    ["temperature", "30 K"],
    ["temperatureRise", "10 °C"],
    ["length", "6 ft"],
    ["flow", "130 l/min/kW"],
    ["bytes", "180 gb"],
    ["bytes", "180 Gb"],
    ["money", "6.6 B"],
    ["money", "$0.0000001"],
    ["ratio", "12 percent"],
    ["power", "99999999999999 MW"],
    ["count", "1 piece"],
    ["resistance", "1 µohm"],
  ] as const)("%s %s", (dimension, text) => {
    expect(parse(dimension, text)).toMatchObject({ got: text });
  });

  test("and says which unit was meant", () => {
    expect(parse("power", "142 kw")).toEqual({
      got: "142 kw",
      allowed: 'a number and W, kW, MW, GW, as in "142 kW"',
      meant: "kW",
    });
  });

  test("in linear time", () => {
    expect(isMisread(parse("power", `${"9".repeat(100_000)} kW`))).toBe(true);
  });
});

const dimensions = [
  "power",
  "voltage",
  "powerRate",
  "dataRate",
  "bytes",
  "byteRate",
  "powerRate",
  "duration",
  "ratio",
  "count",
  "resistance",
  "conductivity",
  "acidity",
  "concentration",
  "length",
  "pressure",
  "flow",
  "temperature",
  "temperatureRise",
  "mass",
  "waterUse",
  "density",
  "specificHeat",
] as const satisfies readonly Dimension[];
const anyUnitText = fc
  .constantFrom(...dimensions)
  .chain((dimension) =>
    fc.tuple(
      fc.constant(dimension),
      fc.nat(999_999),
      fc.nat(999),
      fc.constantFrom(...unitsOf(dimension).units.filter((unit) => !/iB$|^MW.min$/.test(unit))),
    ),
  );

property.prop([anyUnitText])("reads what it prints", ([dimension, whole, fraction, unit]) => {
  const value = parse(dimension, `${whole}.${fraction} ${unit}`.trim());
  fc.pre(!isMisread(value));
  expect(parse(dimension, print(dimension, value as Quantities[typeof dimension]))).toBe(value);
});

test("what has no end in decimals is printed in its unit all the same", () => {
  const rate = (text: string) => print("powerRate", parse("powerRate", text) as Quantities["powerRate"]);
  expect(rate("3 MW/min")).toBe("50 kW/s");
  expect(rate("100 MW/min")).toBe("1666.6666666666667 kW/s");
  expect(print("duration", (1 / 3) as Quantities["duration"])).toMatch(/^333\.3+\d? ms$/);
});

property.prop([fc.bigInt({ min: 0n, max: 10n ** 20n })])("money reads what it prints", (value) => {
  const text = print("money", microUsd(value));
  fc.pre(text.length <= 28);
  expect(parse("money", text)).toBe(value);
});

describe("totals", () => {
  const load = (of: string, value: number | null): Load => ({ of, watts: value as Watts | null });

  test("an unknown load stays missing and is never 0", () => {
    expect(total([load("a", 20), load("b", null)])).toEqual({ known: 20, missing: ["b"] });
  });

  test("a factor is applied once and rounded up to a watt", () => {
    expect(scaleUp(watts(1_136_000), 1.127)).toBe(1_280_272);
    expect(scaleUp(watts(3), 1.1)).toBe(4);
    expect(scaleTotal({ known: watts(100), missing: [] }, null, "power.pue")).toEqual({
      known: 100,
      missing: ["power.pue"],
    });
  });

  property.prop([fc.array(fc.option(fc.nat(1e9), { nil: null }), { maxLength: 20 }), fc.nat()])(
    "order never matters, and forgetting never adds",
    (values, pick) => {
      const loads = values.map((value, index) => load(`l${index}`, value));
      const whole = total(loads);
      expect(total(loads.toReversed()).known).toBe(whole.known);
      const forgotten = loads.map((each, index) =>
        index === pick % Math.max(1, loads.length) ? load(each.of, null) : each,
      );
      expect(total(forgotten).known).toBeLessThanOrEqual(whole.known);
      expect(addTotals([whole, whole]).known).toBe(whole.known * 2);
    },
  );
});

test.each([
  [210_000_000, "210 MW"],
  [198_800_000, "198.8 MW"],
  [142_000, "142 kW"],
  [999, "999 W"],
  [null, "unknown"],
])("shows %s W as %s", (value, text) => {
  expect(showWatts(value as Watts | null)).toBe(text);
});

test.each([
  [6_600_000_000_000_000n, "$6.6 B"],
  [1_486_520_000n, "$1,486.52"],
  [995_000n, "$1.00"],
  [-2_000_000_000_000n, "-$2 M"],
  [null, "unknown"],
])("shows %s µUSD as %s", (value, text) => {
  expect(showUsd(value)).toBe(text);
});
