import type { Operations } from "../catalog/catalog.ts";
import { localQueueName } from "../compute/resource-flavor.ts";
import { commonLabels, LABEL, QUEUE_LABEL } from "../kubernetes.ts";
import type { NetworkPlan } from "../network/network-types.ts";
import type { EndpointPlan, ImagePlan, PoolPlan, RolePlan, RouterPlan, TenantPlan } from "../plan-types.ts";
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
  readonly router: RouterPlan | null;
}

/** The same for the copies of one role. */
export interface RoleArgs extends EndpointArgs {
  readonly role: RolePlan;
}

/** Each role of the endpoint, those of prompts before those of answers. */
export const rolesOf = (args: EndpointArgs): readonly RoleArgs[] =>
  args.endpoint.roles.map((role) => ({ ...args, role }));

/** Whether prompts have copies of their own. */
export const isSplit = ({ endpoint }: EndpointArgs): boolean => endpoint.roles.length > 1;

export const SERVING_PORT = 8000;

/** A user without rights on any node. */
export const USER = 65_532;

/** Labels by which Services, budgets and policies find the pods of an endpoint. */
export const selectorOf = ({ endpoint }: EndpointArgs): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/name": endpoint.id,
  [LABEL.endpoint]: endpoint.id,
});

/** Pods to which requests go: a group of several nodes is answered for by its leader. */
export const answeringOf = (args: EndpointArgs): Readonly<Record<string, string>> => ({
  ...selectorOf(args),
  ...(isSplit(args) || args.endpoint.roles.some(({ nodesPerReplica }) => nodesPerReplica > 1)
    ? { "leaderworkerset.sigs.k8s.io/worker-index": "0" }
    : {}),
});

export const labelsOf = (args: EndpointArgs): Readonly<Record<string, string>> => ({
  ...commonLabels(args.site, "serving"),
  ...selectorOf(args),
  [LABEL.tenant]: args.tenant.id,
  [LABEL.pool]: args.pool.id,
});

export const metadataOf = (args: EndpointArgs) => ({
  name: args.endpoint.id,
  namespace: args.tenant.namespace,
  labels: labelsOf(args),
});

/** Of an endpoint whose prompts have copies of their own. */
export function routerOf({ endpoint, router }: EndpointArgs): RouterPlan {
  if (router === null) throw new Error(`endpoint ${endpoint.id} has no router: load lets none through`);
  return router;
}

/** What every container is held to. */
export const HARDENED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};

/** By these the router tells pods that compute prompts from those that answer. */
export const roleLabelsOf = (args: RoleArgs): Readonly<Record<string, string>> =>
  isSplit(args)
    ? { "llm-d.ai/role": args.role.role, "llm-d.ai/model": args.endpoint.model, "llm-d.ai/inference-serving": "true" }
    : {};

/** By these Kueue queues a workload; it reads them on the workload itself, and on the pods of what it does not know. */
export const queueLabelsOf = ({ pool, tenant }: EndpointArgs): Readonly<Record<string, string>> => ({
  [QUEUE_LABEL]: localQueueName(pool.id),
  "kueue.x-k8s.io/priority-class": priorityName(tenant.id),
});

/** By digest where it is known: the tag beside it is for people. */
export const imageOf = ({ repository, tag, digest }: ImagePlan): string =>
  `${repository}:${tag}${digest === null ? "" : `@${digest}`}`;
