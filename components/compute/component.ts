import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { type PlannedArgs, PlannedComponent } from "../register.ts";

export interface GpuNodePoolArgs extends PlannedArgs {
  readonly site: string;
  readonly pool: string;
  readonly phase: string;
  /** State of the phase. @example "online" */
  readonly state: string;
  /** Catalog system of every rack. @example "gb300-nvl72" */
  readonly system: string;
  readonly capacity: "owned" | "reserved" | "on-demand" | "spot";
  readonly nodes: number | null;
  /** GPUs that gangs may count on; null where the catalog does not know the rack. */
  readonly usableGpus: number | null;
}

export interface GpuStackArgs extends PlannedArgs {
  readonly site: string;
  /** Driver and container toolkit come with the node image. */
  readonly imageBringsDriver: boolean;
}

/** What runs on every GPU node beside the workloads: device plugin, health and power counters, driver where none is there. */
export class GpuStack extends PlannedComponent<GpuStackArgs> {
  constructor(name: string, args: GpuStackArgs, options?: ComponentResourceOptions) {
    super("millrace:compute:GpuStack", name, args, options);
  }
}

/** Nodes of one pool as the queue knows them, and the queues by which tenants reach them. */
export class GpuNodePool extends PlannedComponent<GpuNodePoolArgs> {
  constructor(name: string, args: GpuNodePoolArgs, options?: ComponentResourceOptions) {
    super("millrace:compute:GpuNodePool", name, args, options);
  }
}
