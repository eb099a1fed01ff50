import type { OutageState, WorstLoad } from "../power/power-types.ts";
import type {
  Celsius,
  Kelvin,
  Kilograms,
  LitresPerDay,
  LitresPerKwh,
  LitresPerMinute,
  Millimetres,
  Pascals,
  Watts,
} from "../quantity.ts";
import type { Total } from "../total.ts";
import type { CoolingKind, CoolingLevel } from "./schema.ts";

export interface CoolingPlan {
  readonly heat: readonly HeatPlan[];
  readonly levels: readonly CoolingLevelPlan[];
  /** Outages that were worked through: of elements of the cooling, and of the power that they hang on. */
  readonly states: { readonly cooling: number; readonly electrical: number };
  readonly losses: readonly CoolingLossPlan[];
  readonly temperatures: readonly TemperatureCheck[];
  readonly wue: Stated<LitresPerKwh>;
  readonly waterSupply: Stated<LitresPerDay>;
}

/** A figure of the blueprint with the path where it stands. */
interface Stated<T> {
  readonly value: T | null;
  readonly at: string;
}

/** Heat of one building by what takes it. IT beside the racks gives all of its heat to the air. */
export interface HeatPlan {
  readonly building: string;
  readonly phase: string;
  readonly system: string;
  readonly racks: number;
  readonly liquidPerRack: Watts | null;
  readonly airPerRack: Watts | null;
  readonly otherIt: Total;
  /** Air of the row of one pod: what liquid leaves of its racks, and the IT beside them. */
  readonly airPerPod: Total;
  /** Flow that carries the liquid's heat at the design rise, and the least that the rack asks for. */
  readonly flowPerRack: LitresPerMinute | null;
  readonly leastFlow: LitresPerMinute | null;
  /** Electrical draw of the cooling at the design point, each element in proportion to the heat it takes. */
  readonly draw: Total;
  readonly at: string;
}

/** A level of the cooling in one building, or of the site: equal elements, and the one that has to take most heat. */
export interface CoolingLevelPlan {
  readonly id: string;
  readonly kind: CoolingKind;
  readonly building: string;
  /** Phase that it comes with; null for what the whole site shares. */
  readonly phase: string | null;
  readonly per: CoolingLevel["per"];
  readonly scheme: CoolingLevel["scheme"];
  readonly count: number;
  /** Elements in the building. */
  readonly elements: number;
  /** The most heat that one element takes, over every outage of the cooling and of the power that it hangs on. */
  readonly worst: WorstLoad;
  readonly limits: readonly CoolingLimit[];
  /** The least of the limits: heat that one element takes. */
  readonly usable: Watts | null;
  /** Electrical draw of one element at its rating. */
  readonly draw: Watts | null;
  readonly takes: "liquid" | "air" | "water";
  /** Level that takes its heat; null where that is the outdoors. */
  readonly to: string | null;
  /** Level of the distribution that feeds it; null where the blueprint does not say it. */
  readonly fedBy: string | null;
  readonly at: string;
}

/** Outages of one level in one building: the one that leaves most racks without cooling. */
export interface CoolingLossPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly state: OutageState;
  /** Racks with power that nothing cools although the levels that are out claim to be redundant. */
  readonly racks: number;
  /** The same by choice: all that is out is of scheme N. */
  readonly accepted: number;
  /** Elements of the cooling that are out, level by level. */
  readonly elements: readonly { readonly level: string; readonly out: number; readonly of: number }[];
  /** States of this level that leave racks without cooling. */
  readonly states: number;
  readonly at: string;
}

export interface CoolingLimit {
  readonly by: "rating" | "flow";
  readonly watts: Watts | null;
  readonly from: string;
}

/** Temperatures that add up to no more than a limit. */
export interface TemperatureCheck {
  /** `rated`: the temperature a rating is stated at; `approach`: what a level can supply; `rack`: what a rack bears. */
  readonly kind: "rated" | "approach" | "rack";
  readonly subject: string;
  readonly need: readonly TemperatureTerm[];
  readonly limit: TemperatureTerm;
  readonly at: string;
}

export interface TemperatureTerm {
  readonly name: string;
  readonly value: Celsius | Kelvin | null;
  readonly from: string;
}

/** The halls of one building, all equal: what is stated of one, and what its rows of racks take of it. */
export interface HallPlan {
  readonly building: string;
  readonly phase: string;
  readonly system: string;
  /** False where the blueprint states no geometry: everything below is then unknown. */
  readonly stated: boolean;
  readonly rack: {
    readonly width: Millimetres | null;
    readonly depth: Millimetres | null;
    readonly height: Millimetres | null;
  };
  /** The heavier of the stated weight and the catalog's. */
  readonly rackWeight: Stated<Kilograms>;
  /** Load under the footprint of a rack. */
  readonly rackLoad: Pascals | null;
  readonly width: Stated<Millimetres>;
  readonly depth: Stated<Millimetres>;
  readonly clearHeight: Stated<Millimetres>;
  readonly floorLoad: Stated<Pascals>;
  readonly rowPitch: Stated<Millimetres>;
  readonly rowEquipment: Stated<Millimetres>;
  readonly podsPerRow: number;
  readonly rows: number;
  /** Length of a pod: its racks and what stands in the row beside them. */
  readonly podLength: Millimetres | null;
  /** Pods of one hall, by their corner from the corner of the rows; empty where a length is not known. */
  readonly pods: readonly PodPosition[];
  readonly at: string;
}

export interface PodPosition {
  readonly pod: number;
  readonly row: number;
  readonly x: Millimetres;
  readonly y: Millimetres;
}
