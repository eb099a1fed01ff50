import type { Count, PriceUse } from "../plan-types.ts";
import type { MicroUsd } from "../quantity.ts";
import type { Instances } from "./schema.ts";

/** The spares of a pool against what fails and is in repair. */
export interface SparesPlan {
  /** What fails together and is held in reserve together. */
  readonly unit: "node" | "rack";
  readonly stated: number;
  /** The fewest that are enough for the share of the time that is asked for. */
  readonly needed: Count;
  /** Units that are down at a time, on average. */
  readonly meanDown: number | null;
  readonly assurance: number;
  /** Places of what is not known, where something is not. */
  readonly missing: readonly string[];
}

/** Nodes rented of a cloud, with what the catalog knows of the instance; its id is the pool's `system`. */
export interface InstancesPlan {
  readonly count: number;
  readonly spare: number;
  readonly zone: string;
  /** Instances that are paid for: the nodes, or the reservation where that is larger. */
  readonly billed: number;
  readonly price: InstancePrice;
  readonly family: "P" | "G";
  readonly onlyInUltraServers: boolean;
  /** The UltraServer that the nodes come in; null where they come in none, or it is not known in which. */
  readonly ultraServer: UltraServerPlan | null;
  readonly vcpus: Count;
  readonly efaDevices: Count;
  readonly efaOnFirstCard: boolean | null;
  readonly reservation: NonNullable<Instances["reservation"]> | null;
}

/** An UltraServer by its catalog id, with the instances that it has, and those that a gang may count on. */
interface UltraServerPlan {
  readonly id: string;
  readonly instances: Count;
  readonly schedulable: Count;
}

/** Price of an instance an hour, with the place of the blueprint or the catalog that states it, or would. */
export interface InstancePrice {
  readonly value: MicroUsd | null;
  readonly from: string;
  /** The catalog's figure that it is, where it is one. */
  readonly use: PriceUse | null;
}
