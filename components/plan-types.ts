import type { DistributionScope, Scheme } from "./power/schema.ts";
import type { MicroUsd, Ratio, Total, Watts } from "./quantity.ts";
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
  readonly pools: readonly PoolPlan[];
  readonly endpoints: readonly EndpointPlan[];
  readonly tenants: readonly TenantPlan[];
  readonly network: NetworkPlan;
  readonly cost: CostPlan;
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
  readonly it: Total;
  readonly at: string;
}

interface EvidenceItem {
  readonly gate: string;
  readonly document: string;
  readonly date: string;
  readonly signedBy: string;
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
  readonly at: string;
}

/** A level of the distribution in one building: what a set must carry, and what it can with its scheme's loss. */
export interface LevelPlan {
  readonly id: string;
  readonly building: string;
  readonly phase: string;
  readonly per: DistributionScope;
  readonly scheme: Scheme;
  readonly count: number;
  readonly sets: number;
  readonly ratedWatts: Watts | null;
  readonly derating: Ratio;
  /** Load on one set. */
  readonly load: Total;
  /** count − lost elements of the scheme, × rating × derating. */
  readonly usable: Watts | null;
  /** Elements of a set that stay up at the scheme's planned loss. */
  readonly surviving: number;
  readonly at: string;
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

export interface NetworkPlan {
  /** Node labels of the hall, coarsest first. */
  readonly topologyLevels: readonly string[];
  readonly ingressNamespaces: readonly string[];
  /** Watts that one GPU counts for in the queue: a transformation knows the resource, not the flavor, so the largest known. */
  readonly wattsPerGpu: Watts | null;
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
