import type { KubernetesObject, PlannedObject } from "../kubernetes.ts";
import { computeDomain, isNvlinkGang } from "./compute-domain.ts";
import { type EndpointArgs, labelsOf, queueLabelsOf, SERVING_PORT, selectorOf } from "./endpoint-args.ts";
import { podTemplate } from "./pod-template.ts";

/** Everything an endpoint is on a cluster: an account without rights, its pods, their address, budget and walls. */
export function endpointObjects(name: string, args: EndpointArgs): readonly PlannedObject[] {
  const workload = args.endpoint.nodesPerReplica === 1 ? deployment(args) : leaderWorkerSet(args);
  return [
    { name: `${name}-account`, object: serviceAccount(args) },
    ...(isNvlinkGang(args) ? [{ name: `${name}-domain`, object: computeDomain(args) }] : []),
    { name: `${name}-workload`, object: workload },
    { name: `${name}-service`, object: service(args) },
    { name: `${name}-budget`, object: disruptionBudget(args) },
    { name: `${name}-network`, object: networkPolicy(args) },
  ];
}

/** The queue decides when pods start, and weights take their time: that an update waits for them helps nobody. */
const NOT_AWAITED = { "pulumi.com/skipAwait": "true" };

const metadata = (args: EndpointArgs) => ({
  name: args.endpoint.id,
  namespace: args.tenant.namespace,
  labels: labelsOf(args),
});

const serviceAccount = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: metadata(args),
  automountServiceAccountToken: false,
});

/** One node a copy. */
const deployment = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    ...metadata(args),
    labels: { ...labelsOf(args), ...queueLabelsOf(args) },
    annotations: NOT_AWAITED,
  },
  spec: {
    replicas: args.endpoint.replicas,
    selector: { matchLabels: selectorOf(args) },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    template: podTemplate(args, "leader"),
  },
});

/** Several nodes a copy: Kueue admits each group whole. */
const leaderWorkerSet = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "leaderworkerset.x-k8s.io/v1",
  kind: "LeaderWorkerSet",
  metadata: { ...metadata(args), labels: { ...labelsOf(args), ...queueLabelsOf(args) } },
  spec: {
    replicas: args.endpoint.replicas,
    startupPolicy: "LeaderCreated",
    rolloutStrategy: { type: "RollingUpdate", rollingUpdateConfiguration: { maxSurge: 0, maxUnavailable: 1 } },
    networkConfig: { subdomainPolicy: "Shared" },
    leaderWorkerTemplate: {
      size: args.endpoint.nodesPerReplica,
      restartPolicy: "RecreateGroupOnPodRestart",
      leaderTemplate: podTemplate(args, "leader"),
      workerTemplate: podTemplate(args, "worker"),
    },
  },
});

/**
 * The leader of a group answers; a single node is its own leader. Not the name of the endpoint: under that one the
 * LeaderWorkerSet controller makes the headless Service by which a group finds its leader.
 */
const service = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { ...metadata(args), name: `${args.endpoint.id}-api`, annotations: NOT_AWAITED },
  spec: {
    type: "ClusterIP",
    selector: {
      ...selectorOf(args),
      ...(args.endpoint.nodesPerReplica > 1 ? { "leaderworkerset.sigs.k8s.io/worker-index": "0" } : {}),
    },
    ports: [{ name: "http", port: SERVING_PORT, targetPort: "http", protocol: "TCP" }],
  },
});

const disruptionBudget = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: metadata(args),
  spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(args) } },
});

/** In: the gateway on the serving port. Out: the model hub on the internet, by HTTPS. Both ways: the nodes of the same copy. */
function networkPolicy(args: EndpointArgs): KubernetesObject {
  const gateways = args.network.ingressNamespaces.map((name) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  }));
  const group = { podSelector: { matchLabels: selectorOf(args) } };
  const wide = args.endpoint.nodesPerReplica > 1;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(args),
    spec: {
      podSelector: { matchLabels: selectorOf(args) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: gateways, ports: [{ protocol: "TCP", port: SERVING_PORT }] },
        ...(wide ? [{ from: [group] }] : []),
      ],
      egress: [
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: INTERNAL } }], ports: [{ protocol: "TCP", port: 443 }] },
        ...(wide ? [{ to: [group] }] : []),
      ],
    },
  };
}

/** Private, link-local (with the metadata service of clouds) and loopback ranges: RFC 1918, RFC 6598, RFC 3927. */
const INTERNAL = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
