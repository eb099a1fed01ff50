import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { RolePlan } from "../plan-types.ts";
import { type PlannedArgs, PlannedComponent } from "../register.ts";

export interface InferenceStackArgs extends PlannedArgs {
  readonly site: string;
  readonly tenants: readonly string[];
}

/** What all endpoints stand on: namespaces under Pod Security, priorities, the queue's configuration. */
export class InferenceStack extends PlannedComponent<InferenceStackArgs> {
  constructor(name: string, args: InferenceStackArgs, options?: ComponentResourceOptions) {
    super("millrace:serving:InferenceStack", name, args, options);
  }
}

export interface ModelEndpointArgs extends PlannedArgs {
  readonly site: string;
  readonly endpoint: string;
  readonly pool: string;
  /** Catalog model. @example "llama-3.1-70b" */
  readonly model: string;
  /** Its copies: of one role that does everything, or those of prompts before those of answers. */
  readonly roles: readonly Omit<RolePlan, "at">[];
  readonly gpus: number;
  /** GPUs × watts per GPU of the pool; null where the rack's power is not known. */
  readonly watts: number | null;
}

/**
 * A model served to a tenant: as a Deployment where a copy fits a node, else as a LeaderWorkerSet; as a DisaggregatedSet
 * behind an InferencePool where prompts have copies of their own.
 */
export class ModelEndpoint extends PlannedComponent<ModelEndpointArgs> {
  constructor(name: string, args: ModelEndpointArgs, options?: ComponentResourceOptions) {
    super("millrace:serving:ModelEndpoint", name, args, options);
  }
}
