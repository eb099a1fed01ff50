import type { Watts } from "../quantity.ts";
import type { CatalogFact } from "./catalog.ts";
import type { Named } from "./names.ts";

/** A device that stands in a rack, as inventories list it. Nameplates of its supplies are never its load. */
export interface Device extends Named {
  readonly heightUnits: CatalogFact<number>;
  readonly weightKilograms: CatalogFact<number>;
  /** The most that the whole device draws. */
  readonly systemMaximum: CatalogFact<Watts>;
  readonly supplies: CatalogFact<number>;
  /** Supplies that must be up: 4 of 6 at "4+2". The others are redundant. */
  readonly suppliesNeeded: CatalogFact<number>;
  readonly supplyNameplate: CatalogFact<Watts>;
  /** Data ports, least and most by configuration. */
  readonly portsLeast: CatalogFact<number>;
  readonly portsMost: CatalogFact<number>;
}
