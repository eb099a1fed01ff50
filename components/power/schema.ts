import { Type } from "typebox";
import { block, count, type Decided, fact, id, idTemplate, list, quantity, quarter } from "../site/fields.ts";

/** Redundancy schemes, by what stays up of n equal elements when the largest planned loss happens. */
export const SCHEMES = ["N", "N+1", "2N", "3N/2", "4N/3"] as const;
export type Scheme = (typeof SCHEMES)[number];
const scheme = Type.Enum([...SCHEMES], { description: "How much of the level may fail with the load still carried." });

const service = block(
  {
    id: idTemplate("Name of the supply contract or feeder."),
    voltage: fact("voltage", "Service voltage."),
    contracted: fact("power", "Power the contract allows to draw."),
    firm: fact("power", "Power that the supplier holds firm under a single outage."),
    from: quarter("First quarter in which it supplies."),
    until: Type.Optional(quarter("Last quarter in which it supplies; without it, open-ended.")),
  },
  "A supply from outside the site.",
);

const plant = block(
  {
    id: id("Name of the plant."),
    units: fact("ratio", "Number of equal generating units."),
    unit: fact("power", "Rating of one unit."),
    scheme,
    from: quarter("First quarter in which it supplies."),
    until: Type.Optional(quarter("Last quarter in which it supplies; without it, open-ended.")),
  },
  "On-site generation of equal units: 15 × 15 MW at N+1 is 210 MW firm.",
);

const DISTRIBUTION_SCOPES = ["site", "building", "hall", "pod", "rack"] as const;
export type DistributionScope = (typeof DISTRIBUTION_SCOPES)[number];

const level = block(
  {
    id: id("Name of the level, in the field's words: transformer, ups, busway, rpp, whip."),
    per: Type.Enum([...DISTRIBUTION_SCOPES], { description: "What each set of elements feeds." }),
    count: count("Elements in each set.", 1, 1_000),
    rating: fact("power", "Rating of one element."),
    derating: quantity(
      "ratio",
      "Share of the rating usable for continuous load: 80 % of a breaker, 100 % of a continuous rating.",
    ),
    scheme,
  },
  "One level of the distribution: so many equal elements for each site, building, hall, pod or rack.",
);

export const power = block(
  {
    pue: fact("ratio", "Power at the meter over IT power, at the design point."),
    services: list(service, "Supplies from outside the site.", 0, 100),
    generation: list(plant, "Plants on the site.", 0, 100),
    distribution: list(level, "Levels between the meter and the rack, from the meter down.", 0, 50),
  },
  "Where the power comes from and how it reaches the racks.",
);
export type Power = Decided<typeof power>;
export type Service = Power["services"][number];
export type Plant = Power["generation"][number];
export type Level = Power["distribution"][number];
