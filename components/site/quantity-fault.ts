import { type Dimension, isMisread, parse, unitsOf } from "../quantity.ts";
import type { Fault } from "./fault.ts";
import type { FieldSchema } from "./field-schema.ts";
import { nearest } from "./nearest.ts";

/** A text that is no quantity of the field's dimension, with the one that was probably meant. */
export function misreadQuantity(text: string, schema: FieldSchema): Omit<Fault, "path" | "atKey"> {
  const dimension = schema.quantity as Dimension;
  const misread = parse(dimension, text);
  const meant = meantBy(text, dimension, schema.orUnknown === true);
  return {
    problem: `not a ${WORD[dimension]}`,
    got: text === "" ? '""' : text.slice(0, 80),
    allowed: `${isMisread(misread) ? misread.allowed : ""}${schema.orUnknown === true ? ", or unknown" : ""}`,
    fix: meant === null ? `write it as in "${unitsOf(dimension).example}"` : `did you mean "${meant}"?`,
  };
}

const WORD: Readonly<Record<Dimension, string>> = {
  power: "power",
  voltage: "voltage",
  powerRate: "rate of power",
  dataRate: "data rate",
  bytes: "number of bytes",
  byteRate: "rate of bytes",
  duration: "duration",
  flow: "flow",
  temperature: "temperature",
  temperatureRise: "difference of temperatures",
  mass: "mass",
  waterUse: "use of water",
  density: "density",
  specificHeat: "specific heat",
  rate: "rate",
  ratio: "ratio",
  count: "number of pieces",
  resistance: "resistance",
  conductivity: "conductivity",
  acidity: "pH value",
  concentration: "concentration",
  length: "length",
  pressure: "pressure",
  money: "sum of money",
  energyPrice: "price of energy",
};

const NOT_KNOWN = /^(?:n\/?a|tb[ad]|\?|-|none|null)$/i;

/** The first rewriting that reads: other case, a unit spelled out, a comma, the dollar sign elsewhere. */
function meantBy(text: string, dimension: Dimension, orUnknown: boolean): string | null {
  if (text.length > 60) return null;
  if (orUnknown && (NOT_KNOWN.test(text) || nearest(text, ["unknown"]) !== null)) return "unknown";
  const commas = /^\$?\d{1,3}(?:,\d{3})+(?!\d)/.test(text) ? text.replaceAll(",", "") : text.replace(",", ".");
  const candidates = [commas, text.trim(), text.replace(/^\+/, "")].flatMap((each) => [
    each,
    ...otherUnits(each, dimension),
  ]);
  return candidates.find((each) => each !== text && !isMisread(parse(dimension, each))) ?? null;
}

function otherUnits(text: string, dimension: Dimension): readonly string[] {
  const [, digits = "", unit = ""] = /^([^A-Za-z%/]*[\d.]) *([A-Za-z%/$]*)$/.exec(text) ?? [];
  if (dimension === "money" && unit === "") return [leadingDollar(text)];
  const { units } = unitsOf(dimension);
  const spelled = SPELLED.get(unit.toLowerCase()) ?? unit;
  const near = units.find((each) => each.toLowerCase() === spelled.toLowerCase()) ?? spelled;
  if (unit === "" || (near !== unit && withoutBits(near) === withoutBits(unit))) return [];
  const plain = digits.replace("$", "");
  return [`${digits} ${near}`, `${plain} $${spelled}`, `$${plain} ${spelled}`, leadingDollar(text)];
}

/** Gb and GB differ by eight: the one is never offered for the other. */
const withoutBits = (unit: string): string => unit.replace(/b/i, "");

/** "USD 45 M" and "45 M USD" are "$45 M". */
const leadingDollar = (text: string): string => `$${text.replace(/ ?(?:USD|dollars?|\$) ?/i, "")}`;

const SPELLED = new Map([
  ["percent", "%"],
  ["pct", "%"],
  ["watts", "W"],
  ["volts", "V"],
  ["seconds", "s"],
  ["sec", "s"],
  ["minutes", "min"],
  ["hours", "h"],
  ["hrs", "h"],
  ["days", "d"],
  ["years", "y"],
  ["year", "y"],
  ["yr", "y"],
  ["usd/kwh", "$/kWh"],
  ["usd/mwh", "$/MWh"],
  ["ct/kwh", "c/kWh"],
  ["cents/kwh", "c/kWh"],
  ["kbps", "kb/s"],
  ["mbps", "Mb/s"],
  ["gbps", "Gb/s"],
  ["tbps", "Tb/s"],
  ["million", "M"],
  ["billion", "B"],
  ["bn", "B"],
]);
