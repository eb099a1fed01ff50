import { supplyRule } from "./supply.ts";

/** A site draws no more than what its supplies hold firm under a single outage. */
export const firmSupply = supplyRule(
  {
    id: "power/firm-supply",
    enforcement: "mandatory",
    severity: "critical",
    mandatoryFrom: "energized",
    claim: "load at the meter ≤ firm supply, in every quarter",
    why: "above firm supply, the loss of one unit sheds running racks",
    formula: "Σ IT load × PUE ≤ Σ firm supply",
    source: "redundancy scheme of each plant, firm power of each contract (blueprint: power)",
    inputs:
      "IT load of the phases that draw power in the quarter, power.pue, firm of each service, units × unit of each plant less what its scheme holds out",
    pass: "the load at the meter is at most the firm supply",
    fail: "the load that is known is above the firm supply",
    unproved: "a load, the PUE or a firm figure is unknown",
    fix: "enter the firm power of each supply, with its source",
    manualCheck: "millrace plan <site>: compare `at meter` with `firm` for the quarter",
    notApplicable: "no phase draws power of the site's own; that of rented instances is the landlord's",
  },
  "firm at the meter",
  ({ firm, firmAt }) => ({ value: firm, from: firmAt }),
);
