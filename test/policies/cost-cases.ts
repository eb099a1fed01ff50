import type { RuleCases } from "../support/rule-case.ts";
import { labWith } from "../support/sites.ts";

export const COST_CASES: RuleCases = {
  "cost/budget-capex": {
    pass: { subject: "cost.capex", verdict: "proved" },
    fail: { text: labWith(["value: $45 M", "value: $40 M"]), subject: "cost.capex", verdict: "violated" },
    boundary: { text: labWith(["value: $45 M", "value: $43363264"]), subject: "cost.capex", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: $45 M", "value: $43363263.999999"]),
      subject: "cost.capex",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: $45 M", "value: unknown"]), subject: "cost.capex", verdict: "unproved" },
  },
  "cost/budget-hourly": {
    pass: { subject: "cost.perHour", verdict: "proved" },
    fail: { text: labWith(["value: $1200", "value: $1000"]), subject: "cost.perHour", verdict: "violated" },
    boundary: { text: labWith(["value: $1200", "value: $1089.176356"]), subject: "cost.perHour", verdict: "proved" },
    "past the boundary": {
      text: labWith(["value: $1200", "value: $1089.176355"]),
      subject: "cost.perHour",
      verdict: "violated",
    },
    unknown: { text: labWith(["value: 7.1 c/kWh", "value: unknown"]), subject: "cost.perHour", verdict: "unproved" },
  },
  "cost/price-age": {
    pass: { subject: "prices.gb300-nvl72", verdict: "proved" },
    fail: { today: "2027-06-01", subject: "prices.gb300-nvl72", verdict: "violated" },
    boundary: { today: "2027-01-01", subject: "prices.gb300-nvl72", verdict: "proved" },
    "past the boundary": { today: "2027-01-02", subject: "prices.gb300-nvl72", verdict: "violated" },
    empty: { text: labWith(["state: online", "state: retired"]), subject: "site", verdict: "not-applicable" },
  },
};
