import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { type PlannedArgs, PlannedComponent } from "../register.ts";

export interface ClusterArgs extends PlannedArgs {
  readonly site: string;
  readonly region: string;
  /** @example "1.34" */
  readonly kubernetes: string;
  /** The API is reached from the VPC alone. */
  readonly privateEndpoint: boolean;
}

/** The cluster of a site on AWS: its control plane, keys, logs, access, system nodes and budget. */
export class Cluster extends PlannedComponent<ClusterArgs> {
  constructor(name: string, args: ClusterArgs, options?: ComponentResourceOptions) {
    super("millrace:aws:Cluster", name, args, options);
  }
}
