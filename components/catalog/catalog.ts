import type { MicroUsd, Watts } from "../quantity.ts";
import type { Architecture } from "./architecture.ts";
import type { Gate, Study } from "./gate.ts";
import type { Gpu } from "./gpu.ts";
import type { Named } from "./names.ts";

/** How far a catalog value may be trusted. */
export type Quality = "measured" | "published" | "derived" | "assumed";

/** A fact of the field: value, source, date, quality. Unknown is null, never 0. */
export interface CatalogFact<T> {
  readonly value: T | null;
  readonly source: string;
  /** Day of the source, or of the look-up. */
  readonly date: string;
  readonly quality: Quality;
}

/** A rack-scale system. Power terms are different quantities and never stand in for one another. */
export interface System {
  readonly id: string;
  readonly name: string;
  readonly gpu: string;
  /** GPU packages in a rack; a name that counts dies ("NVL144") does not change it. */
  readonly gpusPerRack: CatalogFact<number>;
  readonly nodesPerRack: CatalogFact<number>;
  /** Nodes of a rack that a gang may count on at any time. */
  readonly schedulableNodesPerRack: CatalogFact<number>;
  /** Thermal design power of the rack: the load that feeds are planned for. */
  readonly tdp: CatalogFact<Watts>;
  /** Short peak above TDP at the electrical design point. */
  readonly edpPeak: CatalogFact<Watts>;
  /** Sum of the nameplates of its power supplies: what they could deliver, never a load. */
  readonly psuNameplate: CatalogFact<Watts>;
  readonly arch: "amd64" | "arm64";
}

export interface Model extends Named {
  readonly huggingFace: string;
  readonly parameters: CatalogFact<number>;
  readonly architecture: CatalogFact<Architecture>;
}

/** Price of a rack, in integer micro-dollars, as of its date. */
export interface Price {
  readonly system: string;
  readonly rack: CatalogFact<MicroUsd>;
}

export interface Catalog {
  readonly systems: ReadonlyMap<string, System>;
  readonly models: ReadonlyMap<string, Model>;
  readonly gpus: ReadonlyMap<string, Gpu>;
  readonly prices: ReadonlyMap<string, Price>;
  /** In the order of the ladder. */
  readonly gates: readonly Gate[];
  readonly studies: readonly Study[];
}
