/**
 * Quantities: text with a unit on the outside, a branded number in one base unit on the inside.
 * The brand keeps a bare number, or one in another unit, from being passed for it.
 */
export type Watts = number & { readonly unit: "W" };
export type Volts = number & { readonly unit: "V" };
export type BitsPerSecond = number & { readonly unit: "bit/s" };
export type Bytes = number & { readonly unit: "B" };
export type Seconds = number & { readonly unit: "s" };
type PerSecond = number & { readonly unit: "1/s" };
/** Change of load over time. */
type WattsPerSecond = number & { readonly unit: "W/s" };
/** Flow of a liquid: a day has a whole number of minutes, hours and cubic metres, so that every unit is exact. */
export type LitresPerDay = number & { readonly unit: "l/d" };
/** Flow as rows and racks are spoken of. */
export type LitresPerMinute = number & { readonly unit: "l/min" };
/** A temperature. */
export type Celsius = number & { readonly unit: "°C" };
/** A difference of temperatures. */
export type Kelvin = number & { readonly unit: "K" };
export type Metres = number & { readonly unit: "m" };
export type Millimetres = number & { readonly unit: "mm" };
export type Kilograms = number & { readonly unit: "kg" };
export type Pascals = number & { readonly unit: "Pa" };
/** Litres of water for each kWh of IT energy: WUE. */
export type LitresPerKwh = number & { readonly unit: "l/kWh" };
type KilogramsPerCubicMetre = number & { readonly unit: "kg/m3" };
/** Heat that a kilogram takes up for each kelvin, in J. */
type JoulesPerKilogramKelvin = number & { readonly unit: "J/kgK" };
/** A ratio, 1 = 100 %. */
export type Ratio = number & { readonly unit: "1" };
/** Money in integer micro-dollars. A campus costs more than 2^53 of them, so never a float. */
export type MicroUsd = bigint & { readonly unit: "µUSD" };
/** Energy price in integer micro-dollars per kWh. */
type MicroUsdPerKwh = bigint & { readonly unit: "µUSD/kWh" };

export interface Quantities {
  readonly power: Watts;
  readonly powerRate: WattsPerSecond;
  readonly voltage: Volts;
  readonly dataRate: BitsPerSecond;
  readonly bytes: Bytes;
  readonly byteRate: number & { readonly unit: "B/s" };
  readonly duration: Seconds;
  readonly flow: LitresPerDay;
  readonly temperature: Celsius;
  readonly temperatureRise: Kelvin;
  readonly mass: Kilograms;
  readonly waterUse: LitresPerKwh;
  readonly density: KilogramsPerCubicMetre;
  readonly specificHeat: JoulesPerKilogramKelvin;
  readonly rate: PerSecond;
  readonly ratio: Ratio;
  readonly count: number & { readonly unit: "pieces" };
  readonly resistance: number & { readonly unit: "ohm" };
  readonly conductivity: number & { readonly unit: "uS/cm" };
  readonly acidity: number & { readonly unit: "pH" };
  readonly concentration: number & { readonly unit: "ppm" };
  readonly length: Metres;
  readonly pressure: Pascals;
  readonly money: MicroUsd;
  readonly energyPrice: MicroUsdPerKwh;
}
export type Dimension = keyof Quantities;

export interface Misread {
  readonly got: string;
  readonly allowed: string;
  /** The unit the user may have meant, where one is near. */
  readonly meant: string | null;
}

interface DimensionSpec {
  /** Exact integer factor to the base unit: [numerator, denominator]. */
  readonly units: ReadonlyMap<string, readonly [bigint, bigint]>;
  readonly example: string;
  /** Money is written with its sign first: "$6.6 B". */
  readonly prefix?: "$";
  readonly exact?: "bigint";
}

const si = (base: string, prefixes: string): [string, readonly [bigint, bigint]][] =>
  [...prefixes].map((prefix) => [prefix === "-" ? base : prefix + base, [10n ** BigInt(SI[prefix] ?? 0), 1n]]);
const SI: Readonly<Record<string, number>> = { "-": 0, k: 3, M: 6, G: 9, T: 12, P: 15 };
const binary = (names: readonly string[]): [string, readonly [bigint, bigint]][] =>
  names.map((name, index) => [name, [1024n ** BigInt(index + 1), 1n]]);

const SPECS: Readonly<Record<Dimension, DimensionSpec>> = {
  power: { units: new Map(si("W", "-kMG")), example: "142 kW" },
  powerRate: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["kW/s", [1_000n, 1n]],
      ["MW/min", [1_000_000n, 60n]],
      ["MW/s", [1_000_000n, 1n]],
    ]),
    example: "10 MW/s",
  },
  voltage: { units: new Map(si("V", "-k")), example: "13.8 kV" },
  dataRate: { units: new Map(si("b/s", "kMGT")), example: "400 Gb/s" },
  bytes: { units: new Map([...si("B", "-kMGTP"), ...binary(["KiB", "MiB", "GiB", "TiB", "PiB"])]), example: "180 GB" },
  byteRate: { units: new Map(si("B/s", "-kMGT")), example: "845.7 GB/s" },
  duration: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["ms", [1n, 1000n]],
      ["s", [1n, 1n]],
      ["min", [60n, 1n]],
      ["h", [3600n, 1n]],
      ["d", [86_400n, 1n]],
      ["y", [31_536_000n, 1n]],
    ]),
    example: "5 y",
  },
  flow: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["l/d", [1n, 1n]],
      ["m3/d", [1_000n, 1n]],
      ["l/min", [1_440n, 1n]],
      ["m3/h", [24_000n, 1n]],
      ["l/s", [86_400n, 1n]],
    ]),
    example: "130 l/min",
  },
  temperature: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["C", [1n, 1n]],
      ["°C", [1n, 1n]],
    ]),
    example: "30 °C",
  },
  temperatureRise: { units: new Map([["K", [1n, 1n]]]), example: "10 K" },
  mass: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["kg", [1n, 1n]],
      ["t", [1_000n, 1n]],
    ]),
    example: "1360 kg",
  },
  waterUse: { units: new Map([["l/kWh", [1n, 1n]]]), example: "0.27 l/kWh" },
  density: { units: new Map([["kg/m3", [1n, 1n]]]), example: "1019.2 kg/m3" },
  specificHeat: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["J/kgK", [1n, 1n]],
      ["kJ/kgK", [1_000n, 1n]],
    ]),
    example: "3.94 kJ/kgK",
  },
  rate: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["/s", [1n, 1n]],
      ["/min", [1n, 60n]],
      ["/h", [1n, 3600n]],
    ]),
    example: "12 /s",
  },
  ratio: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["%", [1n, 100n]],
      ["", [1n, 1n]],
    ]),
    example: "80 %",
  },
  count: { units: new Map([["", [1n, 1n]]]), example: "0" },
  resistance: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["mohm", [1n, 1000n]],
      ["ohm", [1n, 1n]],
    ]),
    example: "0.4 ohm",
  },
  conductivity: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["uS/cm", [1n, 1n]],
      ["mS/cm", [1000n, 1n]],
    ]),
    example: "1200 uS/cm",
  },
  acidity: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["pH", [1n, 1n]],
      ["", [1n, 1n]],
    ]),
    example: "9.1",
  },
  concentration: { units: new Map([["ppm", [1n, 1n]]]), example: "3 ppm" },
  length: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["um", [1n, 1_000_000n]],
      ["mm", [1n, 1000n]],
      ["m", [1n, 1n]],
    ]),
    example: "50 um",
  },
  pressure: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["Pa", [1n, 1n]],
      ["kPa", [1000n, 1n]],
      ["bar", [100_000n, 1n]],
    ]),
    example: "300 kPa",
  },
  money: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["", [1_000_000n, 1n]],
      ["k", [1_000_000_000n, 1n]],
      ["M", [10n ** 12n, 1n]],
      ["B", [10n ** 15n, 1n]],
    ]),
    example: "$6.6 B",
    prefix: "$",
    exact: "bigint",
  },
  energyPrice: {
    units: new Map<string, readonly [bigint, bigint]>([
      ["c/kWh", [10_000n, 1n]],
      ["$/kWh", [1_000_000n, 1n]],
      ["$/MWh", [1_000n, 1n]],
    ]),
    example: "7.1 c/kWh",
    exact: "bigint",
  },
};

export const isDimension = (text: string): text is Dimension => Object.hasOwn(SPECS, text);

/** The units a dimension is written in, in rising order, and one example of it. */
export function unitsOf(dimension: Dimension): { readonly units: readonly string[]; readonly example: string } {
  const { units, example } = SPECS[dimension];
  return { units: [...units.keys()], example };
}

/** The unit of the numbers that `parse` gives; "1" where they have none. */
export function baseUnitOf(dimension: Dimension): string {
  const base = [...SPECS[dimension].units].find(([, [numerator, denominator]]) => numerator === denominator);
  return base?.[0] || "1";
}

const SHAPE = /^(\$?)(\d{1,15})(?:\.(\d{1,12}))?(?: ?([A-Za-z/%$°][A-Za-z0-9/]{0,7}))?$/;

/** Signs that stand for letters of a unit: "µS/cm" is "uS/cm", "Ω" is "ohm". */
const inLetters = (text: string): string => text.replace(/[\u00b5\u03bc]/, "u").replace(/[\u03a9\u2126]/, "ohm");

/**
 * Reads a quantity of one dimension: `parse("power", "142 kW")` is 142 000 W. The arithmetic is exact on the
 * digits, so that "1.005 kW" is 1005 W and not 1004.999…; there is no default unit, "mW" is not "MW", and
 * "180 GB" is not "180 GiB". Money and prices must come out in whole micro-dollars.
 */
export function parse<D extends Dimension>(dimension: D, text: string): Quantities[D] | Misread {
  const spec = SPECS[dimension];
  const [, sign, whole, fraction = "", unit = ""] = SHAPE.exec(inLetters(text)) ?? [];
  const factor = spec.units.get(unit);
  if (whole === undefined || factor === undefined || (sign === "$") !== (spec.prefix === "$")) {
    return misread(dimension, text, unit);
  }
  const numerator = BigInt(whole + fraction) * factor[0];
  const denominator = 10n ** BigInt(fraction.length) * factor[1];
  if (spec.exact === "bigint") {
    return numerator % denominator === 0n
      ? ((numerator / denominator) as unknown as Quantities[D])
      : { got: text, allowed: `whole micro-dollars, as in "${spec.example}"`, meant: null };
  }
  const value = divide(numerator, denominator);
  return Number.isFinite(value) && value <= Number.MAX_SAFE_INTEGER
    ? (value as unknown as Quantities[D])
    : { got: text, allowed: `a value below 2^53 in base units, as in "${spec.example}"`, meant: null };
}

/** The double nearest to the exact quotient: `Number()` of its decimal text, never a chain of roundings. */
function divide(numerator: bigint, denominator: bigint): number {
  if (numerator % denominator === 0n) return Number(numerator / denominator);
  const digits = ((numerator * 10n ** 20n) / denominator).toString().padStart(21, "0");
  return Number(`${digits.slice(0, -20)}.${digits.slice(-20)}`);
}

export function isMisread(value: unknown): value is Misread {
  return typeof value === "object" && value !== null && "got" in value && "allowed" in value;
}

function misread(dimension: Dimension, text: string, unit: string): Misread {
  const { units, example, prefix } = SPECS[dimension];
  const names = [...units.keys()].filter((name) => name !== "");
  const meant = names.find((name) => name !== unit && name.toLowerCase() === unit.toLowerCase()) ?? null;
  const plain = units.has("") && prefix !== "$";
  const none = names.length === 0 ? "a plain number" : "a plain number, or one with ";
  const some = `a number${prefix === "$" ? " after $, and none or one of " : " and "}`;
  return { got: text, allowed: `${plain ? none : some}${names.join(", ")}, as in "${example}"`, meant };
}

/**
 * Prints a quantity so that `parse` reads the same value back: the largest unit that needs no more than three
 * decimals, else the smallest that is exact; what no decimal number is (3 MW/min in kW/s), as near as it can be. Of two scales of one unit (GB and GiB, MW/s and MW/min) it prints the first.
 */
export function print<D extends Dimension>(dimension: D, value: Quantities[D]): string {
  const spec = SPECS[dimension];
  const units = [...spec.units].filter(([name]) => !/iB$|.\/min$/.test(name)).reverse();
  for (const decimals of [3, 12]) {
    for (const [index, [name, factor]] of units.entries()) {
      const text = scaled(value, factor, decimals, index === units.length - 1 ? "any" : "at least 1");
      if (text !== null) return `${spec.prefix ?? ""}${text}${name === "" ? "" : ` ${name}`}`;
    }
  }
  const [name, [numerator, denominator]] = units.at(-1) ?? ["", [1n, 1n]];
  return `${spec.prefix ?? ""}${(Number(value) * Number(denominator)) / Number(numerator)} ${name}`.trim();
}

/** The decimal text of value ÷ factor, or null where it needs more decimals or is smaller than wanted. */
function scaled(
  value: number | bigint,
  [numerator, denominator]: readonly [bigint, bigint],
  decimals: number,
  size: "any" | "at least 1",
): string | null {
  const [digits, shift] = exactDecimal(value);
  const top = digits * denominator * 10n ** BigInt(decimals);
  const bottom = numerator * 10n ** BigInt(shift);
  if (top % bottom !== 0n) return null;
  const integer = (top / bottom).toString().padStart(decimals + 1, "0");
  const text = `${integer.slice(0, -decimals)}.${integer.slice(-decimals)}`.replace(/\.?0+$/, "");
  return size === "at least 1" && text.startsWith("0") ? null : text;
}

/** A number as digits ÷ 10^shift, by its shortest decimal text. */
function exactDecimal(value: number | bigint): readonly [bigint, number] {
  if (typeof value === "bigint") return [value, 0];
  const [mantissa = "0", exponent = "0"] = value.toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const shift = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? [digits, shift] : [digits * 10n ** BigInt(-shift), 0];
}

export const watts = (value: number): Watts => value as Watts;
/** A flow in l/min; null stays unknown. */
export const perMinute = (flow: LitresPerDay | null): LitresPerMinute | null =>
  flow === null ? null : ((flow / 1_440) as LitresPerMinute);
/** A length in mm, to a thousandth of one; null stays unknown. */
export const millimetres = (length: Metres | null): Millimetres | null =>
  length === null ? null : ((Math.round(length * 1e6) / 1e3) as Millimetres);
export const microUsd = (value: bigint): MicroUsd => value as MicroUsd;
export const times = (count: number, each: Watts): Watts => (count * each) as Watts;

/** Power for people: at most four significant digits, in the unit that fits ("198.8 MW", "unknown"). */
export function showWatts(value: Watts | null): string {
  if (value === null) return "unknown";
  const size = Math.abs(value);
  const [unit, scale] = size >= 1e6 ? ["MW", 1e6] : size >= 1e3 ? ["kW", 1e3] : ["W", 1];
  return `${(value / scale).toLocaleString("en-US", { maximumFractionDigits: size >= 1e8 ? 1 : 3, useGrouping: false })} ${unit}`;
}

/** Money for people: "$6.6 B", "$1,486.52"; cut at cents below a million. */
export function showUsd(value: bigint | null): string {
  if (value === null) return "unknown";
  const sign = value < 0n ? "-" : "";
  const size = value < 0n ? -value : value;
  for (const [unit, scale] of [
    ["B", 10n ** 15n],
    ["M", 10n ** 12n],
  ] as const) {
    if (size >= scale) return `${sign}$${Number((size * 1000n) / scale) / 1000} ${unit}`;
  }
  const cents = (size + 5_000n) / 10_000n;
  const dollars = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}$${dollars}.${(cents % 100n).toString().padStart(2, "0")}`;
}

/** Watts × ratio, rounded up to a whole watt: a load is never rounded away. The slack absorbs binary noise. */
export function scaleUp(value: Watts, ratio: number): Watts {
  return Math.max(0, Math.ceil(value * ratio - 1e-6)) as Watts;
}
