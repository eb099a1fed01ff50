import type { CoolingKind, CoolingLevel } from "./cooling/schema.ts";
import type { FabricPlan, NetworkRacks } from "./network/fabric-types.ts";
import type { Scheme, ShedAction, ShedEnforcer } from "./power/schema.ts";
import type {
  Celsius,
  Kelvin,
  Kilograms,
  LitresPerDay,
  LitresPerKwh,
  LitresPerMinute,
  MicroUsd,
  Millimetres,
  Pascals,
  Ratio,
  Seconds,
  Total,
  Volts,
  Watts,
} from "./quantity.ts";
import type { Scope } from "./site/fields.ts";
import type { PhaseState } from "./site/phase-state.ts";

/**
 * Everything computed, as plain data. Each item carries the blueprint path it comes from (`at`), so that a
 * finding can name its line. Watts are integers in W; money is integer micro-dollars.
 */
export interface Plan {
  readonly apiVersion: "millrace/plan/v1";
  readonly site: string;
  readonly name: string;
  readonly demand: readonly DemandFigure[];
  readonly phases: readonly PhasePlan[];
  readonly ledger: readonly LedgerRow[];
  readonly distribution: readonly LevelPlan[];
  /** Every outage of the one-line; null where the blueprint states no distribution. */
  readonly failures: FailurePlan | null;
  /** How the heat leaves the racks; null where the blueprint does not say it. */
  readonly cooling: CoolingPlan | null;
  /** Geometry of the halls of each building. */
  readonly halls: readonly HallPlan[];
  readonly pools: readonly PoolPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** Each agreement to draw less, for each load that the site comes to have; empty where there is none. */
  readonly curtailment: readonly CurtailmentPlan[];
  readonly tenants: readonly TenantPlan[];
  readonly network: NetworkPlan;
  readonly cost: CostPlan;
  readonly studies: readonly StudyPlan[];
  readonly facts: readonly StatedFact[];
  readonly target: TargetPlan;
}

export interface DemandFigure {
  readonly said: string;
  readonly power: Watts | null;
  readonly source: string | null;
  readonly at: string;
}

export interface PhasePlan {
  readonly id: string;
  readonly from: string;
  readonly state: PhaseState;
  readonly buildings: readonly BuildingPlan[];
  readonly racks: number;
  readonly gpus: Count;
  /** IT load of this phase alone. */
  readonly it: Total;
  readonly evidence: readonly EvidenceItem[];
  readonly at: string;
}

/** A count whose catalog fact may be unknown. */
export type Count = number | null;

export interface BuildingPlan {
  readonly id: string;
  readonly system: string;
  readonly halls: number;
  readonly podsPerHall: number;
  readonly racksPerPod: number;
  readonly racks: number;
  readonly rackWatts: Watts | null;
  /** Short peak of a rack at the EDP factor that the site states; null where one of the two is not known. */
  readonly rackPeakWatts: Watts | null;
  /** IT load beside the GPU racks, as a share of theirs. */
  readonly otherIt: Ratio | null;
  readonly workload: "training" | "inference" | null;
  /** Load of many racks together over the sum of their TDP, where it is stated; what is not known counts as 1. */
  readonly diversity: { readonly value: Ratio | null; readonly at: string } | null;
  /** Known load of the switches of its fabrics: part of `it`, within what `otherIt` says or above it. */
  readonly switches: Total;
  readonly it: Total;
  readonly at: string;
}

export interface EvidenceItem {
  readonly gate: string;
  readonly document: string;
  readonly date: string;
  readonly signedBy: string;
  /** Values that the document states, and limits that the parties agreed on, by the names of the gate. */
  readonly measured: readonly StatedValue[];
  readonly agreed: readonly StatedValue[];
  readonly at: string;
}

/** A value as it is written, and in the base unit of its dimension; null where it is unknown. */
export interface StatedValue {
  readonly of: string;
  readonly written: string;
  readonly value: number | null;
  readonly at: string;
}

/** A study of the catalog for one phase: what it has to be made for, and the documents that are there. */
export interface StudyPlan {
  readonly phase: string;
  readonly study: string;
  /** A digest of each part of the plan that the study rests on: "supply:3f2a9c0d1e4b load:77ab01cd23ef". */
  readonly madeFor: string;
  readonly stated: readonly StatedStudy[];
  readonly at: string;
}

export interface StatedStudy {
  readonly document: string;
  readonly date: string;
  readonly signedBy: string;
  readonly tool: string;
  readonly limits: string;
  readonly madeFor: string;
  readonly at: string;
}

/** One quarter from the first energization to the last change of supply or load. */
export interface LedgerRow {
  readonly quarter: string;
  /** Phases whose racks draw power in the quarter. */
  readonly phases: readonly string[];
  readonly racks: number;
  readonly gpus: Count;
  readonly it: Total;
  readonly pue: { readonly value: Ratio | null; readonly at: string };
  /** IT × PUE, rounded up to a watt. */
  readonly meter: Total;
  readonly contracted: Total;
  readonly firm: Total;
  /** Fastest change of the site's load, in W/s; null where it is not stated or not known. */
  readonly ramp: number | null;
  readonly supplies: readonly SupplyPlan[];
}

export interface SupplyPlan {
  readonly id: string;
  readonly contracted: Watts | null;
  /** What stays up under a single outage: the contract's firm power, or (units − spare) × unit. */
  readonly firm: Watts | null;
  /** Blueprint paths of the two figures; of what is missing, where one is. */
  readonly contractedAt: string;
  readonly firmAt: string;
  /** Fastest change of load that it follows, in W/s; null where it is not stated or not known. */
  readonly ramp: number | null;
  readonly at: string;
}

/** A level of the distribution in one building: equal elements, and the one among them that has to carry most. */
export interface LevelPlan {
  readonly id: string;
  readonly kind: string;
  readonly building: string;
  /** Phase that it comes with; null for what the whole site shares. */
  readonly phase: string | null;
  /** What a set of elements feeds, its scheme and size; null in a one-line that is written out node by node. */
  readonly set: { readonly per: Scope; readonly scheme: Scheme; readonly count: number } | null;
  /** Elements in the building. */
  readonly elements: number;
  readonly ratedWatts: Watts | null;
  readonly derating: Ratio;
  /** Rating × derating: what one element carries for good. */
  readonly usable: Watts | null;
  /** Power out over power in; null where it is not stated or not known. */
  readonly efficiency: Ratio | null;
  /** What feeds the level, with the voltages on both sides, in V; null where one is not stated or not known. */
  readonly voltages: readonly FeedVoltage[];
  /** Of systems that share loads in pairs, the pairs that carry least and most; null for every other scheme. */
  readonly pairs: PairPlan | null;
  readonly worst: WorstLoad;
  /** The same while every rack draws its EDP peak; at least what it carries at TDP. */
  readonly peak: WorstLoad;
  readonly at: string;
}

/** Pairs of systems with the load that hangs on them while nothing is out, in the step of the largest load. */
export interface PairPlan {
  readonly lightest: PairLoadPlan;
  readonly heaviest: PairLoadPlan;
}

interface PairLoadPlan {
  readonly elements: readonly string[];
  readonly watts: Watts;
}

export interface FeedVoltage {
  readonly by: string;
  readonly given: Volts | null;
  readonly givenAt: string;
  readonly taken: Volts | null;
  readonly takenAt: string;
}

/** The most that an element has to carry, over every state of the one-line and every step of the phases. */
export interface WorstLoad {
  readonly element: string;
  readonly load: Total;
  readonly state: OutageState;
}

/** What is out together, by id; nothing in the normal state. */
export interface OutageState {
  readonly out: readonly string[];
  readonly cause: "normal" | "single" | "maintenance" | "stated";
  /** Why nodes are out together, where the blueprint says it. */
  readonly why: string | null;
  /** First quarter in which it comes to this. */
  readonly quarter: string;
}

/** All states of the one-line, in every step of the phases. */
export interface FailurePlan {
  readonly nodes: number;
  /** States that were worked through, and nodes that were not failed, with the reason. */
  readonly states: { readonly single: number; readonly maintenance: number; readonly stated: number };
  readonly notFailed: readonly { readonly what: string; readonly nodes: number; readonly why: string }[];
  /** Quarters in which what draws power changes, each worked through, with the load that arrives at the supplies. */
  readonly steps: readonly StepPlan[];
  readonly losses: readonly LossPlan[];
  readonly bridging: readonly BridgingPlan[];
  readonly starts: readonly StartPlan[];
}

export interface StepPlan {
  readonly quarter: string;
  /** IT load with the losses that the blueprint states below the meter. */
  readonly arrives: Total;
}

/** A time in s, at least, with the blueprint paths of what is not known of it. */
export interface Span {
  readonly seconds: number;
  readonly missing: readonly string[];
}

/** Outages of one level in one building: the one that costs most racks. */
export interface LossPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly state: OutageState;
  /** Racks without power until repair although what feeds them claims to be redundant. */
  readonly racks: number;
  /** Racks without power until repair by choice: one cord, or all of N needed. */
  readonly accepted: number;
  /** Racks without power until a reserve has taken over, and the longest such time. */
  readonly interrupted: number;
  readonly longest: Span;
  /** Stored energy on the way was asked to bridge that time and does not for sure: `bridging` tells of it. */
  readonly behindStorage: boolean;
  /** States of this level that cost racks. */
  readonly states: number;
  readonly at: string;
}

/** Stored energy of one level in one building that has to bridge a gap: the element that is nearest to empty. */
export interface BridgingPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly element: string;
  readonly state: OutageState;
  /** Start and transfer of what takes over. */
  readonly gap: Span;
  /** Ride-through at the load of that state, in s; null where it is not known. */
  readonly ridesSeconds: number | null;
  readonly ridesMissing: readonly string[];
  readonly at: string;
}

/** Gensets of one level in one building: the largest step of load that one takes over. */
export interface StartPlan {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly element: string;
  readonly state: OutageState;
  readonly step: Total;
  readonly ratedWatts: Watts | null;
  /** Largest step over rating; null where the blueprint does not state it. */
  readonly accepts: Ratio | null;
  /** Time at rated load that the fuel lasts, and that it has to, in s; null where not stated. */
  readonly fuelSeconds: Seconds | null;
  readonly autonomySeconds: Seconds | null;
  readonly at: string;
}

export interface CoolingPlan {
  readonly heat: readonly HeatPlan[];
  readonly levels: readonly CoolingLevelPlan[];
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
  /** Flow that carries the liquid's heat at the design rise, and the least that the rack asks for. */
  readonly flowPerRack: LitresPerMinute | null;
  readonly leastFlow: LitresPerMinute | null;
  /** Electrical draw of the cooling at the design point, each element in proportion to the heat it takes. */
  readonly draw: Total;
  readonly at: string;
}

/** A level of the cooling in one building, or of the site: heat on one set, and what it takes at its scheme's loss. */
export interface CoolingLevelPlan {
  readonly id: string;
  readonly kind: CoolingKind;
  readonly building: string;
  readonly phase: string;
  readonly per: CoolingLevel["per"];
  readonly scheme: CoolingLevel["scheme"];
  readonly count: number;
  readonly sets: number;
  readonly heat: Total;
  readonly limits: readonly CoolingLimit[];
  /** The least of the limits: heat that one element takes. */
  readonly usable: Watts | null;
  readonly surviving: number;
  /** Electrical draw of one element at its rating. */
  readonly draw: Watts | null;
  readonly takes: "liquid" | "air" | "water";
  /** Level that takes its heat; null where that is the outdoors. */
  readonly to: string | null;
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

export interface PoolPlan {
  readonly id: string;
  readonly phase: string;
  readonly state: PhaseState;
  /** Neither flavors with quota nor endpoints: the phase is not accepted. */
  readonly held: boolean;
  readonly system: string;
  readonly arch: "amd64" | "arm64";
  readonly capacity: "owned" | "reserved" | "on-demand" | "spot";
  readonly racks: number;
  readonly spareRacks: number;
  readonly nodes: Count;
  readonly gpusPerNode: Count;
  /** GPUs installed. */
  readonly gpus: Count;
  /** GPUs that gangs may count on: racks in service × schedulable nodes × GPUs per node. */
  readonly usableGpus: Count;
  /** Rack TDP over its GPUs, rounded up to a watt. */
  readonly wattsPerGpu: Watts | null;
  /** Racks × TDP: the IT power that the budget may not exceed. */
  readonly it: Total;
  readonly powerBudget: Watts;
  readonly at: string;
}

export interface EndpointPlan {
  readonly id: string;
  readonly tenant: string;
  readonly pool: string;
  readonly model: string;
  readonly precision: string;
  readonly replicas: number;
  readonly nodesPerReplica: number;
  readonly gpusPerNode: number;
  readonly gpus: number;
  /** GPUs × the pool's watts per GPU. */
  readonly watts: Watts | null;
  readonly image: ImagePlan;
  readonly held: boolean;
  readonly at: string;
}

export interface ImagePlan {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string | null;
  readonly source: string | null;
  readonly at: string;
}

export interface TenantPlan {
  readonly id: string;
  readonly namespace: string;
  readonly priority: number;
  readonly at: string;
}

/** A call to draw less under one agreement, at the planned load from one quarter on. */
export interface CurtailmentPlan {
  readonly agreement: string;
  readonly quarter: string;
  /** Phases whose racks draw power then. */
  readonly phases: readonly string[];
  readonly reduction: Ratio | null;
  readonly withinSeconds: number | null;
  readonly durationSeconds: number | null;
  /** Load at the meter before the call. */
  readonly meter: Total;
  /** Load at the meter that has to go. */
  readonly required: Total;
  /** What goes down, in order; those after the first that are enough are not used. */
  readonly steps: readonly ShedPlan[];
  /** What the steps in use take off the IT load for sure. What cooling saves with it is not counted. */
  readonly saved: Total;
  /** Tokens/s of the endpoints that the steps in use slow down or suspend. */
  readonly lost: LostTokens;
  readonly at: string;
}

export interface LostTokens {
  readonly endpoints: readonly string[];
  readonly knownPerSecond: number;
  /** Endpoints whose throughput is not known. */
  readonly missing: readonly string[];
}

export interface ShedPlan {
  /** 1 goes first. */
  readonly priority: number;
  readonly pool: string;
  readonly endpoint: string | null;
  readonly action: ShedAction;
  readonly enforcedBy: ShedEnforcer;
  /** GPUs that it reaches, without those that are suspended already. */
  readonly gpus: Count;
  readonly withinSeconds: number | null;
  readonly used: boolean;
  /** What it takes off the IT load; 0 where it does not count; null where it is not known. */
  readonly saves: Watts | null;
  /** Why it does not count. */
  readonly refused: string | null;
  readonly missing: readonly string[];
  readonly at: string;
}

export interface NetworkPlan {
  /** Node labels of the hall, coarsest first. */
  readonly topologyLevels: readonly string[];
  readonly ingressNamespaces: readonly string[];
  /** Watts that one GPU counts for in the queue: a transformation knows the resource, not the flavor, so the largest known. */
  readonly wattsPerGpu: Watts | null;
  /** Building by building, in the order of the blueprint. */
  readonly fabrics: readonly FabricPlan[];
  readonly racks: readonly NetworkRacks[];
  /** Whether the blueprint states the ways of the cables. */
  readonly waysStated: boolean;
  readonly addressesStated: boolean;
}

export interface CostPlan {
  readonly lines: readonly CostLine[];
  readonly capex: MoneyTotal;
  readonly perHour: MoneyTotal;
  /** Cost an hour over the installed GPUs. */
  readonly perGpuHour: MicroUsd | null;
  readonly budgetCapex: { readonly value: MicroUsd | null; readonly at: string };
  readonly budgetPerHour: { readonly value: MicroUsd | null; readonly at: string };
  readonly prices: readonly PriceUse[];
  /** Age in days from which a price is stale. */
  readonly priceAgeDays: number;
  readonly at: string;
}

export interface CostLine {
  readonly id: string;
  readonly what: string;
  readonly capex: MicroUsd | null;
  readonly perHour: MicroUsd | null;
  readonly from: readonly string[];
  readonly missing: readonly string[];
}

/** A sum of money ≥ 0, some unknown. */
export interface MoneyTotal {
  readonly known: MicroUsd;
  readonly missing: readonly string[];
}

export interface PriceUse {
  readonly of: string;
  readonly date: string;
  readonly source: string;
  readonly at: string;
}

/** A figure stated in the blueprint, for the rule that asks for its source. */
export interface StatedFact {
  readonly at: string;
  readonly known: boolean;
  readonly source: string | null;
  readonly assumed: boolean;
  /** Strictest state of the phases that rest on it. */
  readonly state: PhaseState;
}

export type TargetPlan = { readonly kind: "render" } | { readonly kind: "kubernetes"; readonly context: string };
