import { temperatureRule } from "./temperature.ts";

/** What is supplied to the racks can be had from the water and the weather, and the racks bear it. */
export const approach = temperatureRule(
  {
    id: "cooling/approach",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "sink + approach ≤ what is supplied; coolant at inlet and outlet ≤ what the rack bears",
    why: "without a chiller nothing cools below what it gives its heat to: a supply that is closer than the approach is not reached",
    formula: "sink + approach ≤ supply; supply ≤ inletMax; supply + rise ≤ outletMax",
    source:
      "CDU approach of 4 to 5 K liquid to liquid, 11 K liquid to air; catalog: inletMax and outletMax of the rack",
    inputs: "cooling.liquid, cooling.facilityWater, cooling.outdoor, cooling.levels[].approach, the system's limits",
    pass: "each temperature is at most its limit",
    fail: "one is above",
    unproved: "a temperature, an approach or a limit of the rack is unknown",
    fix: "supply colder water, a larger exchanger with a smaller approach, or warmer coolant where the rack bears it",
    manualCheck: "write the temperatures from the design day to the rack's outlet in a row, with each approach between",
    notApplicable: "the blueprint states no cooling",
  },
  ["approach", "rack"],
);
