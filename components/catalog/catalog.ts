import type { Celsius, Kilograms, LitresPerDay, MicroUsd, Quantities, Watts } from "../quantity.ts";
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
  /** Range in which the power limit of one GPU can be set; `gpuPowerMost` is its largest power, without the host. */
  readonly gpuPowerLeast: CatalogFact<Watts>;
  readonly gpuPowerMost: CatalogFact<Watts>;
  /** Short peaks above TDP at the electrical design point, by the EDP factor that the rack is set to. */
  readonly edpPeaks: readonly EdpPeak[];
  /** Sum of the nameplates of its power supplies: what they could deliver, never a load. */
  readonly psuNameplate: CatalogFact<Watts>;
  /** Parts of the TDP that the coolant and the air of the hall take. */
  readonly liquidHeat: CatalogFact<Watts>;
  readonly airHeat: CatalogFact<Watts>;
  /** Least flow of coolant that the rack asks for at full load. */
  readonly coolantFlow: CatalogFact<LitresPerDay>;
  readonly inletMax: CatalogFact<Celsius>;
  readonly outletMax: CatalogFact<Celsius>;
  readonly width: CatalogFact<Quantities["length"]>;
  readonly depth: CatalogFact<Quantities["length"]>;
  readonly height: CatalogFact<Quantities["length"]>;
  readonly weight: CatalogFact<Kilograms>;
  /** What the rack draws, switched on, when nothing runs on it. */
  readonly idle: CatalogFact<Watts>;
  readonly arch: "amd64" | "arm64";
}

/** A liquid that carries heat, at the temperature of its loop. */
export interface Coolant {
  readonly id: string;
  readonly name: string;
  readonly density: CatalogFact<Quantities["density"]>;
  readonly specificHeat: CatalogFact<Quantities["specificHeat"]>;
}

interface EdpPeak extends CatalogFact<Watts> {
  readonly factor: number;
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
  readonly coolants: ReadonlyMap<string, Coolant>;
  readonly models: ReadonlyMap<string, Model>;
  readonly gpus: ReadonlyMap<string, Gpu>;
  readonly prices: ReadonlyMap<string, Price>;
  /** In the order of the ladder. */
  readonly gates: readonly Gate[];
  readonly studies: readonly Study[];
}
