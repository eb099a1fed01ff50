import type { Watts } from "../quantity.ts";
import type { SiteSource } from "../site/source.ts";

/** What a file says, with its places in the file. What it does not say is null, never a default of NetBox. */
export interface NetBoxFile {
  readonly source: SiteSource;
  readonly deviceTypes: readonly DeviceType[];
  readonly panels: readonly PowerPanel[];
  readonly feeds: readonly PowerFeed[];
}

export interface DeviceType {
  readonly slug: string;
  readonly model: string;
  readonly heightUnits: number;
  /** Rounded to a gram. */
  readonly weightGrams: number | null;
  readonly powerPorts: readonly PowerPort[];
  /** Interfaces that carry data: neither management nor virtual. */
  readonly ports: readonly Component[];
  /** Names that stand more than once among components of one kind. */
  readonly doubledNames: readonly Component[];
  readonly at: string;
}

export interface PowerPort extends Component {
  readonly maximumDraw: Watts | null;
}

export interface Component {
  readonly name: string;
  readonly at: string;
}

export interface PowerPanel {
  readonly site: string;
  readonly name: string;
  readonly at: string;
}

export interface PowerFeed {
  readonly site: string | null;
  readonly panel: string;
  readonly rack: string | null;
  readonly name: string;
  readonly role: "primary" | "redundant" | null;
  readonly inService: boolean;
  readonly supply: "ac" | "dc" | null;
  readonly phase: "single-phase" | "three-phase" | null;
  readonly volts: number | null;
  readonly amperes: number | null;
  readonly maxUtilizationPercent: number | null;
  /** Continuous power after derating; null where a figure of it is not stated. */
  readonly available: Watts | null;
  readonly at: string;
}
