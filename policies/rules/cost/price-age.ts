import type { PriceUse } from "../../../components/plan-types.ts";
import { daysBetween } from "../../../components/site/day.ts";
import { limitTerm, needTerm, type Rule } from "../../rule.ts";

/** Prices are dated facts: an old one is said to be old. */
export const priceAge: Rule = {
  id: "cost/price-age",
  enforcement: "advisory",
  severity: "low",
  mandatoryFrom: null,
  claim: "age of each price ≤ the age at which the site calls it stale",
  why: "rack prices move by tens of per cent a year; a verdict on cost is as old as its prices",
  formula: "day of the check − day of the price ≤ cost.priceAge",
  source: "catalog: date of each price",
  inputs: "date of each price in use, cost.priceAge, the day of the check",
  pass: "the price is young enough",
  fail: "the price is older",
  unproved: "never: every price of the catalog is dated",
  fix: "look the price up again and update the catalog, with its source and day",
  manualCheck: "compare the date in the catalog with today's",
  notApplicable: "no price is in use",
  subjects: ({ plan, today }) =>
    plan.cost.prices.map((price) => ({
      id: `prices.${price.of}`,
      at: "cost.priceAge",
      state: null,
      claim: "at-most",
      unit: "d",
      inputs: [
        needTerm("d", { name: `age of the price of ${price.date}`, value: ageDays(price, today), from: price.at }),
        limitTerm("d", { name: "stale from", value: plan.cost.priceAgeDays, from: "cost.priceAge" }),
      ],
      message: ({ computed, limit }) =>
        `price of ${price.of} (${price.source}): ${computed?.known} d old, stale after ${limit} d`,
    })),
};

/** Whole days from the price's day to the day of the check; a price of the future has age 0. */
const ageDays = ({ date }: PriceUse, today: string): number => Math.max(0, daysBetween(date, today));
