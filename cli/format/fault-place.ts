import type { Fault, Position } from "../../components/site/fault.ts";
import type { SiteSource } from "../../components/site/load.ts";

/** Where a fault stands: its key where that is what is wrong. */
export const placeOfFault = ({ path, atKey }: Fault, source: SiteSource): Position =>
  source.locate(path, atKey === true ? "key" : "value");
