import type { Operations } from "../catalog/catalog.ts";
import { localQueueName } from "../compute/resource-flavor.ts";
import { commonLabels, LABEL, QUEUE_LABEL } from "../kubernetes.ts";
import type { NetworkPlan } from "../network/network-types.ts";
import type { EndpointPlan, PoolPlan, TenantPlan } from "../plan-types.ts";
import { priorityName } from "./stack-objects.ts";

/** What one endpoint is built from: plan data alone. */
export interface EndpointArgs {
  readonly site: string;
  readonly endpoint: EndpointPlan;
  readonly pool: PoolPlan;
  readonly tenant: TenantPlan;
  readonly network: NetworkPlan;
  readonly operations: Operations;
  /** Hugging Face id of the model. */
  readonly huggingFace: string;
}

export const SERVING_PORT = 8000;

/** Labels by which Services, budgets and policies find the pods of an endpoint. */
export const selectorOf = ({ endpoint }: EndpointArgs): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/name": endpoint.id,
  [LABEL.endpoint]: endpoint.id,
});

export const labelsOf = (args: EndpointArgs): Readonly<Record<string, string>> => ({
  ...commonLabels(args.site, "serving"),
  ...selectorOf(args),
  [LABEL.tenant]: args.tenant.id,
  [LABEL.pool]: args.pool.id,
});

/** By these Kueue queues a workload; it reads them on the workload itself, and on the pods of what it does not know. */
export const queueLabelsOf = ({ pool, tenant }: EndpointArgs): Readonly<Record<string, string>> => ({
  [QUEUE_LABEL]: localQueueName(pool.id),
  "kueue.x-k8s.io/priority-class": priorityName(tenant.id),
});
