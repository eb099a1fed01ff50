import type { AwsTarget } from "./aws/schema.ts";
import type { InstancesPlan, SparesPlan } from "./compute/compute-types.ts";
import type { CapEnforcer, Memlock, Remediation } from "./compute/schema.ts";
import type { CoolingPlan, HallPlan } from "./cooling/cooling-types.ts";
import type { NetworkPlan } from "./network/network-types.ts";
import type { CurtailmentPlan, FailurePlan, LedgerRow, LevelPlan } from "./power/power-types.ts";
import type { MicroUsd, Ratio, Watts } from "./quantity.ts";
import type { CapacityPlan } from "./serving/capacity-plan.ts";
import type { Role } from "./serving/roles.ts";
import type { Spread } from "./serving/schema.ts";
import type { PhaseState } from "./site/phase-state.ts";
import type { Total } from "./total.ts";

/**
 * Everything computed, as plain data. Each item carries the blueprint path it comes from (`at`), so that a
 * finding can name its line. Watts are integers in W; money is integer micro-dollars.
 */
export interface Plan {
  readonly apiVersion: "millrace/plan/v1";
  readonly site: string;
  readonly name: string;
  /** IANA time zone of the place. */
  readonly timeZone: string;
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
  /** Images of the llm-d router; null where the blueprint has none. */
  readonly router: RouterPlan | null;
  /** Each agreement to draw less, for each load that the site comes to have; empty where there is none. */
  readonly curtailment: readonly CurtailmentPlan[];
  readonly capacity: readonly CapacityPlan[];
  readonly tenants: readonly TenantPlan[];
  readonly network: NetworkPlan;
  /** Where Prometheus finds the rules on measured power; null where the site has none. */
  readonly alerts: AlertsPlan | null;
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
  /** Catalog instances that come with the phase, where the site rents. */
  readonly instances: readonly string[];
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

export interface PoolPlan {
  readonly id: string;
  readonly phase: string;
  readonly state: PhaseState;
  /** Neither flavors with quota nor endpoints: the phase is not accepted. */
  readonly held: boolean;
  /** Whether the nodes' container runtime limits the memory that a container may lock; null where that is not known. */
  readonly memlock: Memlock | null;
  /** How faulty nodes are taken out and mended; null where that is not known. */
  readonly remediation: Remediation | null;
  readonly system: string;
  readonly arch: "amd64" | "arm64";
  readonly capacity: "owned" | "reserved" | "on-demand" | "spot";
  /** Null where the site rents instances and has no racks. */
  readonly racks: number | null;
  readonly spareRacks: number | null;
  readonly nodes: Count;
  readonly gpusPerNode: Count;
  /** Whether an NVLink domain joins the GPUs of more than one node; null where the catalog does not know it. */
  readonly nvlinkAcrossNodes: boolean | null;
  /** PCI vendor and device of the NICs of the compute fabric; null where they are not known, or a cloud's own. */
  readonly computeNic: string | null;
  /** Nodes that one gang may count on: the schedulable ones of a rack, or of rented instances those in service. */
  readonly gangNodes: Count;
  /** GPUs installed. */
  readonly gpus: Count;
  /** GPUs that gangs may count on: racks in service × schedulable nodes × GPUs per node, or instances in service × GPUs. */
  readonly usableGpus: Count;
  /** GPUs that the queue hands out: the usable ones less those of the warm nodes. */
  readonly quotaGpus: Count;
  /** Nodes in service that the queue hands out to nobody. */
  readonly warmNodes: number;
  /** Pools whose idle nodes the queue borrows, in its order. */
  readonly overflow: readonly string[];
  /**
   * Rack TDP over its GPUs, rounded up to a watt: what a GPU may draw with its share of the host, uncapped; null where
   * it is not known, as with an instance of a cloud.
   */
  readonly rackWattsPerGpu: Watts | null;
  /** What a GPU counts for in the queue: the same, less what an enforced cap takes away. */
  readonly wattsPerGpu: Watts | null;
  /** Largest power of the GPU alone, without its share of the host. */
  readonly gpuMaxWatts: Watts | null;
  readonly cap: GpuCapPlan | null;
  /** Racks × TDP: the IT power that the budget may not exceed. */
  readonly it: Total;
  /** Null where the site rents instances: their power is the landlord's to budget. */
  readonly powerBudget: Watts | null;
  /** Null where the site has racks of its own. */
  readonly instances: InstancesPlan | null;
  /** Null where the blueprint does not say how often nodes fail. */
  readonly spares: SparesPlan | null;
  readonly at: string;
}

export interface GpuCapPlan {
  /** As the blueprint states it. */
  readonly perGpu: Watts | null;
  readonly enforcedBy: CapEnforcer;
  /** The limit that is set, within what the GPU takes; null where nothing sets it or the range is not known. */
  readonly enforced: Watts | null;
  readonly at: string;
}

export interface EndpointPlan {
  readonly id: string;
  readonly tenant: string;
  readonly pool: string;
  readonly model: string;
  /** Weight format; `auto` where the blueprint leaves it open and too little is known to choose. */
  readonly precision: string;
  /** Why the format was chosen; null where the blueprint states it. */
  readonly precisionWhy: string | null;
  /** Its copies: of one role that does everything, or those of prompts before those of answers. */
  readonly roles: readonly RolePlan[];
  /** Why there are so many copies; null where the blueprint states them. */
  readonly replicasWhy: string | null;
  /** Null where copies are to be counted and cannot be. */
  readonly gpus: Count;
  /** GPUs × the pool's watts per GPU. */
  readonly watts: Watts | null;
  readonly speculation: SpeculationPlan | null;
  readonly image: ImagePlan;
  readonly held: boolean;
  readonly at: string;
}

export interface RolePlan {
  readonly role: Role;
  readonly replicas: Count;
  readonly nodesPerReplica: number;
  readonly gpusPerNode: number;
  readonly spread: Spread;
  readonly at: string;
}

export interface SpeculationPlan {
  readonly draftTokens: number;
  /** Tokens that a verified step yields. */
  readonly acceptedTokens: number | null;
  /** Hugging Face id of the draft; null: the model's own draft layers. */
  readonly draft: string | null;
  readonly at: string;
}

export interface RouterPlan {
  readonly picker: ImagePlan;
  readonly sidecar: ImagePlan;
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

export interface AlertsPlan {
  readonly namespace: string;
  /** Label `release` by which a Prometheus takes rules up. */
  readonly release: string;
}

export interface CostPlan {
  readonly lines: readonly CostLine[];
  readonly capex: MoneyTotal;
  readonly perHour: MoneyTotal;
  /** Cost an hour over the installed GPUs. */
  readonly perGpuHour: MicroUsd | null;
  /** Of each pool that is not retired. */
  readonly pools: readonly PoolCost[];
  /** Null where nothing is built. */
  readonly budgetCapex: { readonly value: MicroUsd | null; readonly at: string } | null;
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

export interface PoolCost {
  readonly pool: string;
  /** Cost an hour of what the pool stands on, and of its share of what the site shares, over its installed GPUs. */
  readonly perGpuHour: MicroUsd | null;
  /** Paths of what is not known of it. */
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

export type TargetPlan =
  | { readonly kind: "render" }
  | { readonly kind: "kubernetes"; readonly context: string }
  | AwsTarget;
