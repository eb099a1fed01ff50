import { temperatureRule } from "./temperature.ts";

/** A rating counts only at the temperatures that it is stated for. */
export const ratedTemperature = temperatureRule(
  {
    id: "cooling/rated-temperature",
    enforcement: "mandatory",
    severity: "critical",
    mandatoryFrom: "energized",
    claim: "water or air that an element gives its heat to ≤ the temperature that its rating is stated at",
    why: "a CDU rated at 20 °C facility water takes far less at 30 °C, a chiller less on a hot day: the rating is then no capacity",
    formula: "design temperature of the sink ≤ ratedAt",
    source: "rating conditions of CDUs, air handlers, chillers, dry coolers and towers (data sheet of each element)",
    inputs: "cooling.levels[].ratedAt, cooling.facilityWater.supply, cooling.outdoor, approach of the tower",
    pass: "the design temperature is at most the rated one",
    fail: "it is above",
    unproved: "one of the temperatures is unknown",
    fix: "take the rating from the data sheet at the site's own temperature, or supply colder water",
    manualCheck: "read the rating conditions on the data sheet; compare them with the design water or weather",
    notApplicable: "the blueprint states no cooling",
  },
  ["rated"],
);
