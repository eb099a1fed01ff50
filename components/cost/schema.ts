import { block, type Decided, fact, quantity } from "../site/fields.ts";

export const cost = block(
  {
    tariff: fact("energyPrice", "Price of energy at the meter, all in."),
    wacc: fact("ratio", "Weighted average cost of capital a year."),
    itLife: quantity("duration", "Years over which IT is written off."),
    facilityLife: quantity("duration", "Years over which shell, power and cooling are written off."),
    facilityPerWatt: fact("money", "Capital cost of shell, power and cooling for each watt of IT."),
    priceAge: quantity("duration", "Age from which a price is called stale."),
    budget: block(
      {
        capex: fact("money", "What may be spent to build the site."),
        perHour: fact("money", "What the site may cost an hour, capital recovery and energy."),
      },
      "Ceilings that the plan must keep.",
    ),
  },
  "What the site costs and may cost.",
);
export type Cost = Decided<typeof cost>;
