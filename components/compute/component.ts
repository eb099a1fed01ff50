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

/** Nodes of one pool as the queue knows them, and the queues by which tenants reach them. */
export class GpuNodePool extends PlannedComponent<GpuNodePoolArgs> {
  constructor(name: string, args: GpuNodePoolArgs, options?: ComponentResourceOptions) {
    super("millrace:compute:GpuNodePool", name, args, options);
  }
}
