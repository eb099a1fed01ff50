import { Type } from "typebox";
import {
  block,
  COUNT_SCHEMES,
  count,
  type Decided,
  fact,
  id,
  list,
  quantity,
  reference,
  SCOPES,
} from "../site/fields.ts";

/** What an element of the cooling is, in the field's words, from the racks outwards. */
export const COOLING_KINDS = ["cdu", "air-handler", "pump", "chiller", "dry-cooler", "tower"] as const;
export type CoolingKind = (typeof COOLING_KINDS)[number];

/** What takes the heat of the last level. */
export const OUTDOORS = "outdoors";

const liquid = block(
  {
    coolant: reference("coolant", "Catalog coolant in the loop of the racks."),
    supply: fact("temperature", "Coolant at the inlet of the racks, at the design point."),
    rise: quantity("temperatureRise", "Rise of the coolant over a rack at full load."),
  },
  "Loop between the racks and the CDUs.",
);

const facilityWater = block(
  {
    coolant: reference("coolant", "Catalog coolant in the facility's loop."),
    supply: fact("temperature", "Facility water at the inlet of CDUs and air handlers, at the design point."),
    rise: quantity("temperatureRise", "Rise of the facility water at full load."),
  },
  "Loop between CDUs and air handlers on one side, heat rejection on the other.",
);

const outdoor = block(
  {
    dryBulb: fact("temperature", "Outdoor air on the design day."),
    wetBulb: fact("temperature", "Wet bulb of the outdoor air on the design day."),
  },
  "Weather that the cooling is designed for.",
);

const water = block(
  {
    wue: fact("waterUse", "Water used over IT energy, at the design point."),
    supply: fact("flow", "Water that may be drawn, averaged over a day."),
  },
  "Water that the cooling evaporates and blows down.",
);

const level = block(
  {
    id: id("Name of the level, in the field's words."),
    kind: Type.Enum([...COOLING_KINDS], { description: "What an element is." }),
    per: Type.Enum([...SCOPES], { description: "What each set of elements cools." }),
    count: count("Elements in each set.", 1, 1_000),
    scheme: Type.Enum([...COUNT_SCHEMES], { description: "How much of the level may fail with the heat still taken." }),
    rating: Type.Optional(fact("power", "Heat that one element takes. A pump has none: its flow says it.")),
    ratedAt: Type.Optional(
      fact("temperature", "Temperature of what it gives the heat to at which the rating holds: water, or outdoor air."),
    ),
    approach: Type.Optional(
      fact("temperatureRise", "How far what it supplies stays above what it gives the heat to, at the rating."),
    ),
    flow: Type.Optional(fact("flow", "Flow of one element at the design head, on the side of the racks.")),
    draw: fact("power", "Electrical power that one element draws at its rating; part of PUE, never added to it."),
    fedBy: Type.Optional(reference("level", "Level of power.distribution that feeds each element.")),
    lineups: Type.Optional(
      list(
        count("Number of an element in each set of that level.", 1, 1_000),
        "Elements of that level which feed it, in turn; without it, as the scheme of the level says.",
        1,
        1_000,
      ),
    ),
    to: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 31,
        description: `Level further down the list that takes its heat, or "${OUTDOORS}". Without it, the next that takes water.`,
        examples: ["chiller"],
      }),
    ),
  },
  "One level of the cooling: so many equal elements for each site, building, hall, pod or rack.",
);

export const cooling = block(
  {
    liquid,
    facilityWater,
    outdoor,
    water,
    levels: list(level, "Levels between the racks and the outdoors, from the racks outwards.", 0, 50),
  },
  "How the heat leaves the racks.",
);
export type Cooling = Decided<typeof cooling>;
export type CoolingLevel = Cooling["levels"][number];
