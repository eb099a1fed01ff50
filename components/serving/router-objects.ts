import { stringify } from "yaml";
import type { KubernetesObject, PlannedObject } from "../kubernetes.ts";
import { binary } from "./binary.ts";
import {
  answeringOf,
  type EndpointArgs,
  HARDENED,
  imageOf,
  labelsOf,
  metadataOf,
  routerOf,
  SERVING_PORT,
  selectorOf,
  USER,
} from "./endpoint-args.ts";
import { NOT_AWAITED } from "./workloads.ts";

/** Of the endpoint picker: what gateways ask, what its probes ask. Source: llm-d router chart 0.10.0. */
const PICKER_PORT = 9002;
const HEALTH_PORT = 9003;
/** One picks, the other takes over: what is remembered of caches and queues is the leader's. */
const PICKERS = 2;
const CONFIG = "picker.yaml";

const pickerName = ({ endpoint }: EndpointArgs): string => `${endpoint.id}-picker`;
/** Apart from the endpoint's own: a picker is no pod that requests are sent to. */
const pickerSelector = (args: EndpointArgs) => ({ "app.kubernetes.io/name": pickerName(args) });

/**
 * What decides for each request where its prompt is computed and where it is answered: the pool that a gateway's route
 * names, and the picker that the gateway asks. Source: llm-d router chart 0.10.0, P/D configuration of its guide.
 */
export function routerObjects(name: string, args: EndpointArgs): readonly PlannedObject[] {
  return [
    { name: `${name}-pool`, object: inferencePool(args) },
    { name: `${name}-picker-account`, object: account(args) },
    { name: `${name}-picker-role`, object: role(pickerMetadata(args), PICKER_RIGHTS) },
    { name: `${name}-picker-binding`, object: binding(pickerMetadata(args)) },
    { name: `${name}-picker-config`, object: configuration(args) },
    { name: `${name}-picker`, object: picker(args) },
    { name: `${name}-picker-service`, object: service(args) },
    { name: `${name}-picker-network`, object: networkPolicy(args) },
    { name: `${name}-proxy-role`, object: role(metadataOf(args), PROXY_RIGHTS) },
    { name: `${name}-proxy-binding`, object: binding(metadataOf(args)) },
    { name: `${name}-proxy-network`, object: proxyPolicy(args) },
  ];
}

const pickerMetadata = (args: EndpointArgs) => ({
  name: pickerName(args),
  namespace: args.tenant.namespace,
  labels: { ...labelsOf(args), ...pickerSelector(args) },
});

/** Fails open: with no picker at hand a gateway sends requests to any pod, which then does all of the work itself. */
const inferencePool = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "inference.networking.k8s.io/v1",
  kind: "InferencePool",
  metadata: metadataOf(args),
  spec: {
    selector: { matchLabels: answeringOf(args) },
    targetPorts: [{ number: SERVING_PORT }],
    endpointPickerRef: { name: pickerName(args), port: { number: PICKER_PORT }, failureMode: "FailOpen" },
  },
});

const account = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: pickerMetadata(args),
  automountServiceAccountToken: false,
});

const READ = ["get", "list", "watch"];
/** Which pods are of the pool: all that the routing proxy has to know. */
const PROXY_RIGHTS = [
  { apiGroups: [""], resources: ["pods"], verbs: READ },
  { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: READ },
];
/** The same and what is asked of the pool; the lease is by which one of two pickers leads. */
const PICKER_RIGHTS = [
  ...PROXY_RIGHTS,
  { apiGroups: ["llm-d.ai"], resources: ["inferenceobjectives", "inferencemodelrewrites"], verbs: READ },
  { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: [...READ, "create", "update", "patch"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
];

type Metadata = ReturnType<typeof metadataOf>;

const role = (metadata: Metadata, rules: readonly object[]): KubernetesObject => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "Role",
  metadata,
  rules,
});

/** The rights of a name to the account of that name. */
const binding = (metadata: Metadata): KubernetesObject => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata,
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
  subjects: [{ kind: "ServiceAccount", name: metadata.name, namespace: metadata.namespace }],
});

/** Every prompt is computed apart; caches first, then the shorter queue. */
const configuration = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: pickerMetadata(args),
  data: {
    [CONFIG]: stringify({
      apiVersion: "llm-d.ai/v1alpha1",
      kind: "EndpointPickerConfig",
      plugins: [
        { type: "always-disagg-pd-decider" },
        { type: "disagg-profile-handler", parameters: { deciders: { prefill: "always-disagg-pd-decider" } } },
        { type: "prefill-filter" },
        { type: "decode-filter" },
        { type: "approx-prefix-cache-producer" },
        { type: "prefix-cache-scorer" },
        { type: "queue-scorer" },
        { type: "active-request-scorer" },
        { type: "max-score-picker" },
      ],
      schedulingProfiles: [profile("prefill"), profile("decode")],
    }),
  },
});

/** Weights as upstream's for prompts and answers apart. */
const profile = (name: "prefill" | "decode") => ({
  name,
  plugins: [
    { pluginRef: `${name}-filter` },
    { pluginRef: "prefix-cache-scorer", weight: 3 },
    { pluginRef: "queue-scorer", weight: 2 },
    { pluginRef: "active-request-scorer", weight: 2 },
    { pluginRef: "max-score-picker" },
  ],
});

/** The picker that does not lead is never ready: the Deployment is not waited for, and is replaced at once. */
const picker = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { ...pickerMetadata(args), annotations: NOT_AWAITED },
  spec: {
    replicas: PICKERS,
    selector: { matchLabels: pickerSelector(args) },
    strategy: { type: "Recreate" },
    template: {
      metadata: { labels: { ...labelsOf(args), ...pickerSelector(args) } },
      spec: {
        serviceAccountName: pickerName(args),
        automountServiceAccountToken: true,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: args.operations.engine.shutdown.value + 30,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [pickerContainer(args)],
        volumes: [{ name: "config", configMap: { name: pickerName(args) } }],
      },
    },
  },
});

function pickerContainer(args: EndpointArgs) {
  const { pickerCpu, pickerMemory } = args.operations.router;
  const memory = binary(pickerMemory.value);
  return {
    name: "picker",
    image: imageOf(routerOf(args).picker),
    imagePullPolicy: "IfNotPresent",
    args: [
      `--pool-name=${args.endpoint.id}`,
      `--pool-namespace=${args.tenant.namespace}`,
      "--pool-group=inference.networking.k8s.io",
      `--config-file=/config/${CONFIG}`,
      `--grpc-health-port=${HEALTH_PORT}`,
      "--ha-enable-leader-election",
      "--metrics-endpoint-auth=false",
      "--tracing=false",
      "--zap-encoder=json",
    ],
    env: [
      { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ],
    ports: [
      { name: "picker", containerPort: PICKER_PORT, protocol: "TCP" },
      { name: "health", containerPort: HEALTH_PORT, protocol: "TCP" },
    ],
    livenessProbe: { grpc: { port: HEALTH_PORT, service: "liveness" }, periodSeconds: 10 },
    readinessProbe: { grpc: { port: HEALTH_PORT, service: "readiness" }, periodSeconds: 2 },
    resources: { requests: { cpu: String(pickerCpu.value), memory }, limits: { memory } },
    securityContext: HARDENED,
    volumeMounts: [{ name: "config", mountPath: "/config", readOnly: true }],
  };
}

const service = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { ...pickerMetadata(args), annotations: NOT_AWAITED },
  spec: {
    type: "ClusterIP",
    selector: pickerSelector(args),
    ports: [{ name: "picker", port: PICKER_PORT, targetPort: "picker", protocol: "TCP" }],
  },
});

/** In: gateways, who ask. Out: the metrics of the pods, and the API server. */
const networkPolicy = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: pickerMetadata(args),
  spec: {
    podSelector: { matchLabels: pickerSelector(args) },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: gatewaysOf(args), ports: [{ protocol: "TCP", port: PICKER_PORT }] }],
    egress: [
      { to: [{ podSelector: { matchLabels: selectorOf(args) } }], ports: [{ protocol: "TCP", port: SERVING_PORT }] },
      API_SERVER,
    ],
  },
});

/** Its address is the cluster's own affair. */
const API_SERVER = { ports: [443, 6443].map((port) => ({ protocol: "TCP", port })) };

/** What the routing proxy reads, on top of where its pod may go already. */
const proxyPolicy = (args: EndpointArgs): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { ...metadataOf(args), name: `${args.endpoint.id}-proxy` },
  spec: {
    podSelector: { matchLabels: { ...answeringOf(args), "llm-d.ai/role": "decode" } },
    policyTypes: ["Egress"],
    egress: [API_SERVER],
  },
});

/** Whence requests come. */
export const gatewaysOf = ({ network }: EndpointArgs) =>
  network.ingressNamespaces.map((name) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  }));

/** Pods of the picker, which read what the engines say of their load. */
export const pickerPeer = (args: EndpointArgs) => ({ podSelector: { matchLabels: pickerSelector(args) } });
