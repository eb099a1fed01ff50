import { ceilingRule } from "./ceiling.ts";

/** An hour of the site costs no more than was granted. */
export const budgetHourly = ceilingRule(
  {
    id: "cost/budget-hourly",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "cost an hour ≤ hourly budget",
    why: "a change that breaks the budget must be seen before it runs",
    formula:
      "Σ capex × capital recovery factor ÷ 8760 h + watts at the meter × tariff ≤ budget.perHour; rented: Σ instances paid for × price of one an hour",
    source: "catalog: prices; blueprint: cost; capital recovery factor of engineering economy",
    inputs:
      "capital lines, cost.wacc, cost.itLife, cost.facilityLife, cost.tariff, load at the meter, price of each instance, cost.budget.perHour",
    pass: "the cost an hour is at most the budget",
    fail: "what is known of it is above the budget",
    unproved: "a price, a load, the WACC, the tariff or the budget is unknown",
    fix: "enter the missing figure with its source, fewer racks, or a larger budget",
    manualCheck: "millrace plan <site>: add up the hourly lines of the cost table",
    notApplicable: "the blueprint has no budget",
  },
  { subject: "cost.perHour", what: "an hour", line: "perHour", budget: ({ budgetPerHour: budget }) => budget },
);
