import type { RuleCases } from "../support/rule-case.ts";
import { labWith, siteText } from "../support/sites.ts";

const withoutCooling = siteText("lab").replace(/^cooling:[\s\S]*?^buildings:/m, "buildings:");
const withoutHall = siteText("lab").replace(/^ {4}hall:\n(?: {6}.*\n)+/m, "");
const noCooling = { text: withoutCooling, subject: "site", verdict: "not-applicable" } as const;
const noHall = { text: withoutHall, subject: "site", verdict: "not-applicable" } as const;
/** Eight racks of 127.8 kW to liquid, on what one CDU of two takes. */
const cdu = (rating: string) => labWith(["rating: { value: 1.3 MW", `rating: { value: ${rating}`]);
/** All elements of a level of the cooling on these elements of what feeds it. */
const onLineups = (level: string, lineups: string) =>
  siteText("lab").replace(new RegExp(`(- id: ${level}\\n[\\s\\S]*?fedBy: \\S+)`), `$1\n      lineups: ${lineups}`);
const rise = (kelvin: string) => labWith(["rise: 15 K", `rise: ${kelvin}`]);
const ratedAt = (celsius: string) => labWith(["ratedAt: { value: 25 °C", `ratedAt: { value: ${celsius}`]);
const supply = (celsius: string) => labWith(["supply: { value: 30 °C", `supply: { value: ${celsius}`]);
const water = (flow: string) => labWith(["supply: { value: 20 m3/d", `supply: { value: ${flow}`]);
const width = (length: string) => labWith(["width: { value: 14 m", `width: { value: ${length}`]);
const height = (length: string) => labWith(["clearHeight: { value: 3.6 m", `clearHeight: { value: ${length}`]);
const floor = (pressure: string) => labWith(["floorLoad: { value: 25 kPa", `floorLoad: { value: ${pressure}`]);

export const COOLING_CASES: RuleCases = {
  "cooling/capacity": {
    nothing: { text: withoutCooling, subject: "lab.cooling", verdict: "unproved" },
    pass: { subject: "lab.cdu", verdict: "proved" },
    fail: { text: labWith(["value: 480 kW", "value: 400 kW"]), subject: "lab.chiller", verdict: "violated" },
    boundary: { text: cdu("1022400 W"), subject: "lab.cdu", verdict: "proved" },
    "past the boundary": { text: cdu("1022399 W"), subject: "lab.cdu", verdict: "violated" },
    unknown: { text: cdu("unknown"), subject: "lab.cdu", verdict: "unproved" },
  },
  "cooling/outage": {
    pass: { subject: "cooling", verdict: "proved" },
    fail: { text: onLineups("chiller", "[1]"), subject: "lab.transfer-switch", verdict: "violated" },
    boundary: { text: onLineups("chiller", "[1, 2]"), subject: "cooling", verdict: "proved" },
    "past the boundary": { text: onLineups("pump", "[3]"), subject: "lab.ups", verdict: "violated" },
    unknown: { text: labWith(["      fedBy: rpp\n", ""]), subject: "cooling.cdu.feed", verdict: "unproved" },
    empty: noCooling,
  },
  "cooling/rated-temperature": {
    pass: { subject: "cooling.cdu", verdict: "proved" },
    fail: { text: ratedAt("18 °C"), subject: "cooling.cdu", verdict: "violated" },
    boundary: { text: ratedAt("24 °C"), subject: "cooling.cdu", verdict: "proved" },
    "past the boundary": { text: ratedAt("23.9 °C"), subject: "cooling.cdu", verdict: "violated" },
    unknown: { text: ratedAt("unknown"), subject: "cooling.cdu", verdict: "unproved" },
    empty: noCooling,
  },
  "cooling/approach": {
    pass: { subject: "cooling.cdu", verdict: "proved" },
    fail: { text: supply("46 °C"), subject: "cooling.gb300-nvl72.inlet", verdict: "violated" },
    boundary: { text: supply("29 °C"), subject: "cooling.cdu", verdict: "proved" },
    "past the boundary": { text: supply("28.9 °C"), subject: "cooling.cdu", verdict: "violated" },
    unknown: { text: supply("unknown"), subject: "cooling.cdu", verdict: "unproved" },
    empty: noCooling,
  },
  "cooling/flow": {
    pass: { subject: "lab.rack", verdict: "proved" },
    fail: { text: rise("20 K"), subject: "lab.rack", verdict: "violated" },
    boundary: { text: rise("15.9 K"), subject: "lab.rack", verdict: "proved" },
    "past the boundary": { text: rise("15.92 K"), subject: "lab.rack", verdict: "violated" },
    unknown: {
      text: labWith(["system: gb300-nvl72", "system: gb200-nvl72"]),
      subject: "lab.rack",
      verdict: "unproved",
    },
    empty: noCooling,
  },
  "cooling/water": {
    pass: { subject: "2026-Q4", verdict: "proved" },
    fail: { text: labWith(["wue: { value: 0.05", "wue: { value: 1.8"]), subject: "2026-Q4", verdict: "violated" },
    boundary: { text: water("1537 l/d"), subject: "2026-Q4", verdict: "proved" },
    "past the boundary": { text: water("1536 l/d"), subject: "2026-Q4", verdict: "violated" },
    unknown: { text: water("unknown"), subject: "2026-Q4", verdict: "unproved" },
    empty: noCooling,
  },
  "hall/layout": {
    nothing: { text: withoutHall, subject: "lab.hall", verdict: "unproved" },
    pass: { subject: "lab.aisles", verdict: "proved" },
    fail: { text: labWith(["podsPerRow: 1", "podsPerRow: 2"]), subject: "lab.rows", verdict: "violated" },
    boundary: { text: width("10.8 m"), subject: "lab.rows", verdict: "proved" },
    "past the boundary": { text: width("10799 mm"), subject: "lab.rows", verdict: "violated" },
    unknown: { text: width("unknown"), subject: "lab.rows", verdict: "unproved" },
  },
  "hall/clear-height": {
    pass: { subject: "lab.height", verdict: "proved" },
    fail: { text: height("2 m"), subject: "lab.height", verdict: "violated" },
    boundary: { text: height("2236 mm"), subject: "lab.height", verdict: "proved" },
    "past the boundary": { text: height("2235 mm"), subject: "lab.height", verdict: "violated" },
    unknown: { text: height("unknown"), subject: "lab.height", verdict: "unproved" },
    empty: noHall,
  },
  "hall/floor-load": {
    pass: { subject: "lab.floor", verdict: "proved" },
    fail: { text: floor("12 kPa"), subject: "lab.floor", verdict: "violated" },
    boundary: { text: floor("23874 Pa"), subject: "lab.floor", verdict: "proved" },
    "past the boundary": { text: floor("23873 Pa"), subject: "lab.floor", verdict: "violated" },
    unknown: { text: floor("unknown"), subject: "lab.floor", verdict: "unproved" },
    empty: noHall,
  },
};
