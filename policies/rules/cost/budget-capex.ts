import { ceilingRule } from "./ceiling.ts";

/** The site costs no more to build than was granted. */
export const budgetCapex = ceilingRule(
  {
    id: "cost/budget-capex",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "capital cost ≤ capital budget",
    why: "a change that breaks the budget must be seen before it is bought",
    formula: "Σ racks × rack price + IT watts × facility price ≤ budget.capex",
    source: "catalog: prices; blueprint: cost",
    inputs: "racks of each system, rack prices of the catalog, cost.facilityPerWatt, cost.budget.capex",
    pass: "the capital cost is at most the budget",
    fail: "what is known of it is above the budget",
    unproved: "a price, a load or the budget is unknown",
    fix: "enter the missing figure with its source, fewer racks, or a larger budget",
    manualCheck: "millrace plan <site>: add up the capital lines of the cost table",
    notApplicable: "the blueprint has no capital budget: instances are rented, nothing is built",
  },
  { subject: "cost.capex", what: "to build", line: "capex", budget: ({ budgetCapex: budget }) => budget },
);
