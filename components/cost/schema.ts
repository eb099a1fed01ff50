import { Type } from "typebox";
import { block, type Decided, fact, quantity } from "../site/fields.ts";

export const cost = block(
  {
    tariff: Type.Optional(fact("energyPrice", "Price of energy at the meter, all in.")),
    wacc: Type.Optional(fact("ratio", "Weighted average cost of capital a year.")),
    itLife: Type.Optional(quantity("duration", "Years over which IT is written off.")),
    facilityLife: Type.Optional(quantity("duration", "Years over which shell, power and cooling are written off.")),
    facilityPerWatt: Type.Optional(fact("money", "Capital cost of shell, power and cooling for each watt of IT.")),
    priceAge: quantity("duration", "Age from which a price is called stale."),
    budget: block(
      {
        capex: Type.Optional(fact("money", "What may be spent to build the site.")),
        perHour: fact("money", "What the site may cost an hour, capital recovery and energy."),
      },
      "Ceilings that the plan must keep.",
    ),
  },
  "What the site costs and may cost. A site that rents its instances has no tariff, capital or lives of its own: only budget.perHour and priceAge.",
);
export type Cost = Decided<typeof cost>;

/** Cost of a site with power and buildings of its own: what they cost is stated. */
export type OwnersCost = Cost & Required<Pick<Cost, "tariff" | "wacc" | "itLife" | "facilityLife" | "facilityPerWatt">>;
