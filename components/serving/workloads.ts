import type { KubernetesObject } from "../kubernetes.ts";
import {
  type EndpointArgs,
  labelsOf,
  metadataOf,
  queueLabelsOf,
  type RoleArgs,
  rolesOf,
  selectorOf,
} from "./endpoint-args.ts";
import { podTemplate } from "./pod-template.ts";

/** The queue decides when pods start, and weights take their time: that an update waits for them helps nobody. */
export const NOT_AWAITED = { "pulumi.com/skipAwait": "true" };

/** No spare nodes are asked for: a copy goes before its next version comes. */
const ONE_BY_ONE = { maxSurge: 0, maxUnavailable: 1 };

/** What runs the copies: a Deployment, a LeaderWorkerSet, or both parts of a split under one DisaggregatedSet. */
export function workload(args: EndpointArgs): KubernetesObject {
  const [role, further] = rolesOf(args);
  if (role === undefined) throw new Error(`endpoint ${args.endpoint.id} has copies of no role: the plan has none such`);
  if (further !== undefined) return disaggregatedSet(args);
  return role.role.nodesPerReplica === 1 ? deployment(role) : leaderWorkerSet(role);
}

const queuedMetadata = (args: EndpointArgs) => ({
  ...metadataOf(args),
  labels: { ...labelsOf(args), ...queueLabelsOf(args) },
});

/** One node a copy. */
const deployment = (args: RoleArgs): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { ...queuedMetadata(args), annotations: NOT_AWAITED },
  spec: {
    replicas: args.role.replicas,
    selector: { matchLabels: selectorOf(args) },
    strategy: { type: "RollingUpdate", rollingUpdate: ONE_BY_ONE },
    template: podTemplate(args, "leader"),
  },
});

/** Several nodes a copy: Kueue admits each group whole. */
const leaderWorkerSet = (args: RoleArgs): KubernetesObject => ({
  apiVersion: "leaderworkerset.x-k8s.io/v1",
  kind: "LeaderWorkerSet",
  metadata: queuedMetadata(args),
  spec: groups(args),
});

const groups = (args: RoleArgs) => ({
  replicas: args.role.replicas,
  startupPolicy: "LeaderCreated",
  rolloutStrategy: { type: "RollingUpdate", rollingUpdateConfiguration: ONE_BY_ONE },
  networkConfig: { subdomainPolicy: "Shared" },
  leaderWorkerTemplate: {
    size: args.role.nodesPerReplica,
    restartPolicy: "RecreateGroupOnPodRestart",
    leaderTemplate: podTemplate(args, "leader"),
    workerTemplate: podTemplate(args, "worker"),
  },
});

/** Prompts and answers roll together, in their proportion. Kueue knows the sets beneath, each admitted by itself. */
const disaggregatedSet = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "disaggregatedset.x-k8s.io/v1",
  kind: "DisaggregatedSet",
  metadata: metadataOf(args),
  spec: {
    roles: rolesOf(args).map((each) => ({
      name: each.role.role,
      metadata: { labels: { ...labelsOf(args), ...queueLabelsOf(args) } },
      spec: groups(each),
    })),
  },
});
