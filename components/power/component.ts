import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { type PlannedArgs, PlannedComponent } from "../register.ts";

export interface PowerBudgetArgs extends PlannedArgs {
  readonly site: string;
  /** Power domain of the plan that this budget caps: a pool. @example "gb300" */
  readonly domain: string;
  /** What the workloads admitted here may draw together, in W; plain, so that policies know it at preview. Null where the site rents instances. */
  readonly budgetWatts: number | null;
  /** Watts that one GPU counts for; null where the rack's power is not known, and the queue then stays held. */
  readonly wattsPerGpu: number | null;
  /** True while the phase is neither accepted nor online. */
  readonly held: boolean;
}

/** Power budget of one domain: a Kueue ClusterQueue whose quota is counted in watts beside GPUs. */
export class PowerBudget extends PlannedComponent<PowerBudgetArgs> {
  constructor(name: string, args: PowerBudgetArgs, options?: ComponentResourceOptions) {
    super("millrace:power:PowerBudget", name, args, options);
  }
}
