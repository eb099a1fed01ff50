import type { Fault } from "../fault.ts";
import { type Found, select } from "../select.ts";
import { figureOf } from "./figure.ts";

/** What physics or arithmetic bounds, in base units: mostly a lost "%" or a slipped decimal point. */
interface Bound {
  readonly selector: string;
  readonly dimension: "ratio" | "duration" | "temperature" | "temperatureRise" | "length" | "rate";
  readonly least: number;
  readonly most: number;
  readonly allowed: string;
  readonly fix: string;
}

const DAY = 86_400;
const share = (selector: string, least: number, example: string): Bound => ({
  selector,
  dimension: "ratio",
  least,
  most: 1,
  allowed: `${least * 100} % to 100 %`,
  fix: `write a share, as in ${example}`,
});
const life = (selector: string, example: string): Bound => ({
  selector,
  dimension: "duration",
  least: DAY,
  most: 100 * 365 * DAY,
  allowed: "1 d to 100 y",
  fix: `write it as in ${example}`,
});
const rise = (selector: string): Bound => ({
  selector,
  dimension: "temperatureRise",
  least: 0.5,
  most: 60,
  allowed: "0.5 K to 60 K",
  fix: "write a difference of temperatures, as in 10 K",
});
const liquidTemperature = (selector: string): Bound => ({
  selector,
  dimension: "temperature",
  least: 1,
  most: 80,
  allowed: "1 °C to 80 °C",
  fix: "write it in degrees Celsius, as in 30 °C",
});
const hallLength = (selector: string, least: number): Bound => ({
  selector,
  dimension: "length",
  least,
  most: 1_000,
  allowed: `${least} m to 1000 m`,
  fix: "write a length with its unit, as in 3.6 m",
});
const BOUNDS: readonly Bound[] = [
  {
    selector: "power.pue",
    dimension: "ratio",
    least: 1,
    most: 4,
    allowed: "1 to 4",
    fix: "state power at the meter over IT power, which is part of it",
  },
  share("power.distribution[].derating", 0.01, "80 %"),
  share("power.asBuilt[].derating", 0.01, "80 %"),
  share("power.distribution[].efficiency", 0.5, "97.5 %"),
  share("power.asBuilt[].efficiency", 0.5, "97.5 %"),
  share("power.distribution[].stepLoad", 0.01, "60 %"),
  {
    selector: "power.edpFactor",
    dimension: "ratio",
    least: 1,
    most: 2,
    allowed: "1 to 2",
    fix: "state the peak over TDP, as in 1.2",
  },
  share("buildings[].otherIt", 0, "12 %"),
  rise("cooling.liquid.rise"),
  rise("cooling.facilityWater.rise"),
  liquidTemperature("cooling.liquid.supply"),
  liquidTemperature("cooling.facilityWater.supply"),
  hallLength("buildings[].hall.width", 1),
  hallLength("buildings[].hall.depth", 1),
  hallLength("buildings[].hall.clearHeight", 1),
  hallLength("buildings[].hall.rowPitch", 0.5),
  share("power.curtailment.agreements[].reduction", 0.001, "25 %"),
  share("buildings[].diversity", 0.1, "85 %"),
  share("network.fabrics[].keeps", 0, "75 %"),
  share("network.ways.slack", 0, "10 %"),
  {
    selector: "network.fabrics[].oversubscription",
    dimension: "ratio",
    least: 1,
    most: 64,
    allowed: "1 to 64",
    fix: "write node side over spine side, 1 for a nonblocking fabric",
  },
  share("cost.wacc", 0, "7 %"),
  share("pools[].reliability.assurance", 0.5, "99.9 %"),
  share("serving.endpoints[].traffic.prefixHitRate", 0, "37 %"),
  {
    selector: "serving.endpoints[].traffic.peak",
    dimension: "rate",
    least: 1e-3,
    most: 1e9,
    allowed: "0.001 /s to 10^9 /s",
    fix: "state the requests of the busiest minute, as in 12 /s; an endpoint without requests has no traffic",
  },
  ...["timeToFirstToken", "interToken"].map(
    (promise): Bound => ({
      selector: `serving.endpoints[].objective.${promise}`,
      dimension: "duration",
      least: 1e-3,
      most: 3_600,
      allowed: "1 ms to 1 h",
      fix: "write it as in 400 ms",
    }),
  ),
  life("cost.itLife", "5 y"),
  life("cost.facilityLife", "14 y"),
  life("cost.priceAge", "365 d"),
];

export const outOfBounds = (root: unknown): readonly Fault[] => [
  ...BOUNDS.flatMap((bound) => select(root, bound.selector).found.flatMap((found) => boundFault(found, bound))),
  ...WHOLE.flatMap((whole) => select(root, whole.selector).found.flatMap((found) => wholeFault(found, whole))),
];

/** A figure that counts things. */
interface Whole {
  readonly selector: string;
  readonly least: number;
  readonly most: number;
  readonly of: string;
  readonly fix: string;
}

const WHOLE: readonly Whole[] = [
  { selector: "power.generation[].units", least: 1, most: 1_000, of: "units", fix: "count whole generating units" },
  { selector: "network.fabrics[].portsPerNode", least: 1, most: 64, of: "ports", fix: "count whole ports" },
  { selector: "network.fabrics[].portsPerRack", least: 0, most: 1_000, of: "ports", fix: "count whole ports" },
];

function boundFault(found: Found, { dimension, least, most, allowed, fix }: Bound): readonly Fault[] {
  const figure = figureOf(dimension, found);
  if (figure === null || (figure.value >= least && figure.value <= most)) return [];
  const problem = figure.value < least ? "too small" : "too large";
  return [{ path: figure.path, problem, got: figure.written, allowed, fix }];
}

function wholeFault(found: Found, { least, most, of, fix }: Whole): readonly Fault[] {
  const figure = figureOf("ratio", found);
  if (figure === null || (Number.isInteger(figure.value) && figure.value >= least && figure.value <= most)) return [];
  const { path, written: got } = figure;
  return [{ path, problem: `not a number of ${of}`, got, allowed: `${least} to ${most}`, fix }];
}
