import type {
  BitsPerSecond,
  Bytes,
  Celsius,
  Kilograms,
  LitresPerDay,
  Metres,
  MicroUsd,
  Quantities,
  Ratio,
  Seconds,
  Watts,
} from "../quantity.ts";
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
  /** Nodes whose GPUs one NVLink domain joins: 1 where NVLink ends at the node. */
  readonly nvlinkDomainNodes: CatalogFact<number>;
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
  /** Ports of a node into the compute fabric, each a rail. */
  readonly computePorts: CatalogFact<number>;
  readonly computePortSpeed: CatalogFact<BitsPerSecond>;
  /** PCI vendor and device of the NICs behind them. @example "15b3:1023" */
  readonly computeNic: CatalogFact<string>;
}

/** A switch of a fabric. */
export interface Switch {
  readonly id: string;
  readonly name: string;
  /** InfiniBand forwards without IP: its switches have neither loopbacks nor link addresses. */
  readonly protocol: "infiniband" | "ethernet";
  /** Ports by the speed at which each runs, in bit/s. */
  readonly portsAt: ReadonlyMap<BitsPerSecond, CatalogFact<number>>;
  /** Places for transceivers or cables; where a place holds more ports than one, they share it. */
  readonly cages: CatalogFact<number>;
  readonly rackUnits: CatalogFact<number>;
  /** Load of the whole switch with its transceivers; never a sum of nameplates. */
  readonly power: CatalogFact<Watts>;
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

/** A node that a cloud rents. */
export interface Instance {
  readonly id: string;
  readonly gpu: string;
  /** Family by which the account's quotas count it. */
  readonly family: "P" | "G";
  readonly arch: "amd64" | "arm64";
  /** Rented by the UltraServer alone, a rack in one NVLink domain. */
  readonly onlyInUltraServers: boolean;
  readonly gpus: CatalogFact<number>;
  readonly vcpus: CatalogFact<number>;
  /** EFA devices that a pod on the whole instance asks for. */
  readonly efaDevices: CatalogFact<number>;
  /** Whether network card 0 carries EFA beside the primary interface; the other cards each carry one device. */
  readonly efaOnFirstCard: CatalogFact<boolean>;
}

/** A rack, or a part of one, that a cloud rents as a whole: its instances are one NVLink domain. */
export interface UltraServer {
  readonly id: string;
  /** Catalog instance of each of its nodes. */
  readonly instance: string;
  readonly instances: CatalogFact<number>;
  /** Instances that a gang may count on at any time. */
  readonly schedulableInstances: CatalogFact<number>;
}

export interface Model extends Named {
  readonly huggingFace: string;
  readonly parameters: CatalogFact<number>;
  readonly architecture: CatalogFact<Architecture>;
}

/** What a cable of a speed may be made of. */
export interface Medium {
  readonly id: string;
  readonly speed: BitsPerSecond;
  /** What it may end on beside a switch. */
  readonly between: "node" | "switch" | "any";
  /** Type of the cable as NetBox calls it. */
  readonly medium: string;
  readonly part: string;
  readonly reach: CatalogFact<Metres>;
}

/** An enterprise reference architecture, built in scalable units; counts from its own tables. */
export interface ReferenceDesign {
  readonly id: string;
  readonly nodesPerUnit: number;
  readonly gpusPerNode: number;
  readonly planes: number;
  /** Units up to which there is one tier of switches; 0: never. */
  readonly singleTierUnits: number;
  /** Units from which the GPUs have leaves of their own; null: they never have in one tier. */
  readonly gpuLeavesFromUnit: number | null;
  /** Derived from the tables: 2 management switches, or one for so many nodes. */
  readonly nodesPerManagementSwitch: number;
  /** Units of the smallest and of the largest build that was tested. */
  readonly testedUnits: readonly number[];
  readonly source: string;
  readonly date: string;
}

/** Price of a rack, in integer micro-dollars, as of its date. */
export interface Price {
  readonly system: string;
  readonly rack: CatalogFact<MicroUsd>;
}

/** How something is run where nothing decides it better: always a value, with where it comes from. */
export interface Setting<T> extends CatalogFact<T> {
  readonly value: T;
}

export interface Operations {
  /** What an inference engine's pod asks of its node beside GPUs, and the time that it is given. */
  readonly engine: {
    readonly cpuPerGpu: Setting<number>;
    readonly memoryPerGpu: Setting<Bytes>;
    readonly sharedMemory: Setting<Bytes>;
    readonly shutdown: Setting<Seconds>;
    readonly start: Setting<Seconds>;
  };
  /** What the parts of the llm-d router ask of their nodes. */
  readonly router: {
    readonly pickerCpu: Setting<number>;
    readonly pickerMemory: Setting<Bytes>;
    readonly sidecarCpu: Setting<number>;
    readonly sidecarMemory: Setting<Bytes>;
  };
  /** Images by which the Network Operator drives NICs; its chart states none. */
  readonly networkOperator: {
    readonly repository: Setting<string>;
    readonly version: Setting<string>;
    readonly driver: Setting<string>;
  };
  readonly cluster: {
    /** Version of the Pod Security Standard that namespaces enforce: a cluster upgrade does not change what they admit. */
    readonly podSecurityVersion: Setting<string>;
  };
  /** How long a state lasts before somebody is called. */
  readonly alerts: {
    readonly aboveBudget: Setting<Seconds>;
    readonly dataMissing: Setting<Seconds>;
    readonly aboveCap: Setting<Seconds>;
  };
  /** How many more servers others have run in the envelope of what they may draw, as a share. */
  readonly diversity: {
    readonly moreServers: Setting<Ratio>;
  };
}

/** A way to draft tokens for a model, as it was measured. */
export interface Draft {
  readonly id: string;
  readonly name: string;
  /** Tokens that a verified step yields on average, with 1, 2, 3 … drafted ones. */
  readonly acceptedTokens: readonly number[];
  readonly measuredOn: string;
  readonly source: string;
}

/** Statistics of the lengths in a trace, in tokens of its tokenizer. */
export interface TraceLengths {
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** A public request trace by its statistics. Rates are a site's own; what the trace does not show is null. */
export interface TrafficProfile {
  readonly id: string;
  readonly name: string;
  /** Standard deviation over mean of the time between requests. */
  readonly burstiness: number | null;
  readonly input: TraceLengths;
  readonly output: TraceLengths;
  readonly source: string;
}

export interface Catalog {
  readonly systems: ReadonlyMap<string, System>;
  readonly coolants: ReadonlyMap<string, Coolant>;
  readonly switches: ReadonlyMap<string, Switch>;
  readonly referenceDesigns: ReadonlyMap<string, ReferenceDesign>;
  /** In rising reach. */
  readonly media: readonly Medium[];
  readonly models: ReadonlyMap<string, Model>;
  readonly gpus: ReadonlyMap<string, Gpu>;
  readonly traffic: ReadonlyMap<string, TrafficProfile>;
  /** By model. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Rows of the measured table, read when they are first asked for. */
  readonly measuredServing: () => readonly Readonly<Record<string, string>>[];
  readonly prices: ReadonlyMap<string, Price>;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly ultraServers: ReadonlyMap<string, UltraServer>;
  /** On-demand price of an instance an hour, by instance and region. */
  readonly instancePrices: ReadonlyMap<string, ReadonlyMap<string, CatalogFact<MicroUsd>>>;
  /** In the order of the ladder. */
  readonly gates: readonly Gate[];
  readonly studies: readonly Study[];
  readonly operations: Operations;
}
