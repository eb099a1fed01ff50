import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { type PlannedArgs, PlannedComponent } from "../register.ts";
import type { TopologyPlan } from "./network-types.ts";

export interface NetworkArgs extends PlannedArgs {
  readonly site: string;
  /** Levels by node label, coarsest first. @example [{ name: "hall", levels: ["topology.millrace.dev/rack", "kubernetes.io/hostname"] }] */
  readonly topologies: readonly TopologyPlan[];
  /** Namespaces whose pods may call the endpoints. */
  readonly ingressNamespaces: readonly string[];
}

/** The hall as the queue places by it, and what may reach what: everything is denied that no policy lets through. */
export class Network extends PlannedComponent<NetworkArgs> {
  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super("millrace:network:Network", name, args, options);
  }
}
