import { supplyRule } from "./supply.ts";

/** A site draws no more than its contracts and its plants can give at all. */
export const contractedSupply = supplyRule(
  {
    id: "power/contracted-supply",
    enforcement: "mandatory",
    severity: "critical",
    mandatoryFrom: "energized",
    claim: "load at the meter ≤ contracted supply, in every quarter",
    why: "above the contract the utility may disconnect, and a plant cannot give more than its nameplate",
    formula: "Σ IT load × PUE ≤ Σ contracted supply",
    source: "contracted power of each service, nameplate of each plant (blueprint: power)",
    inputs:
      "IT load of the phases that draw power in the quarter, power.pue, contracted of each service, units × unit of each plant",
    pass: "the load at the meter is at most the contracted supply",
    fail: "the load that is known is above the contracted supply",
    unproved: "a load, the PUE or a contracted figure is unknown",
    fix: "enter the contracted power of each supply, with its source",
    manualCheck: "millrace plan <site>: compare `at meter` with `contracted` for the quarter",
    notApplicable: "no phase draws power of the site's own; that of rented instances is the landlord's",
  },
  "contracted at the meter",
  ({ contracted, contractedAt }) => ({ value: contracted, from: contractedAt }),
);
