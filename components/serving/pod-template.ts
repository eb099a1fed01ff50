import { efaShare } from "../aws/efa-share.ts";
import type { Operations } from "../catalog/catalog.ts";
import { EFA_RESOURCE, GPU_RESOURCE, LABEL, RDMA_RESOURCE } from "../kubernetes.ts";
import { gangLevel } from "../network/topologies.ts";
import { powerLimitOf } from "../power/gpu-cap-policy.ts";
import type { Bytes } from "../quantity.ts";
import { binary } from "./binary.ts";
import { channelTemplateName, isNvlinkGang } from "./compute-domain.ts";
import {
  HARDENED,
  imageOf,
  isSplit,
  labelsOf,
  queueLabelsOf,
  type RoleArgs,
  roleLabelsOf,
  routerOf,
  SERVING_PORT,
  USER,
} from "./endpoint-args.ts";
import { engineArgs, enginePortOf, type PodPlace, TRANSFER_PORT } from "./engine-args.ts";
import { priorityName } from "./stack-objects.ts";

/** The claim by which a container reaches its NVLink domain. */
const CHANNEL = "nvlink-channel";
const HEALTH = { httpGet: { path: "/health", port: "http" } };
/** Only the pod that answers is probed. Loading weights and capturing graphs takes minutes: the catalog says how many. */
const probes = ({ start }: Operations["engine"]) => ({
  startupProbe: { ...HEALTH, periodSeconds: 10, failureThreshold: Math.ceil(start.value / 10) },
  readinessProbe: { httpGet: { path: "/v1/models", port: "http" }, periodSeconds: 10 },
  livenessProbe: { ...HEALTH, periodSeconds: 20, failureThreshold: 6 },
});
/** A vLLM pod of one node of a copy: Pod Security "restricted", on the pool's nodes, all its GPUs by the queue. */
export function podTemplate(args: RoleArgs, place: PodPlace) {
  const { endpoint, pool, tenant, network, role } = args;
  const hasProxy = role.role === "decode" && place === "leader";
  const level = gangLevel(network.topologies, pool);
  const placement =
    role.nodesPerReplica > 1 && level !== null
      ? {
          "kueue.x-k8s.io/podset-required-topology": level,
          // Leader and workers in one and the same domain, not each in one of its own.
          "kueue.x-k8s.io/podset-group-name": isSplit(args) ? `${endpoint.id}-${role.role}` : endpoint.id,
        }
      : { "kueue.x-k8s.io/podset-unconstrained-topology": "true" };
  return {
    metadata: {
      labels: {
        ...labelsOf(args),
        ...queueLabelsOf(args),
        ...roleLabelsOf(args),
      },
      annotations: { ...placement, ...powerLimitOf(pool) },
    },
    spec: {
      serviceAccountName: endpoint.id,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: priorityName(tenant.id),
      terminationGracePeriodSeconds: args.operations.engine.shutdown.value + 30,
      // Where the queue may borrow, Kueue adds the pool in which it found nodes.
      nodeSelector: {
        ...(pool.overflow.length === 0 ? { [LABEL.pool]: pool.id } : {}),
        "kubernetes.io/arch": pool.arch,
      },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(isNvlinkGang(args)
        ? { resourceClaims: [{ name: CHANNEL, resourceClaimTemplateName: channelTemplateName(endpoint.id) }] }
        : {}),
      ...(hasProxy ? { initContainers: [routingProxy(args)] } : {}),
      containers: [container(args, place)],
      volumes: [
        {
          name: "shared-memory",
          emptyDir: { medium: "Memory", sizeLimit: binary(args.operations.engine.sharedMemory.value) },
        },
        { name: "temporary", emptyDir: {} },
        { name: "cache", emptyDir: {} },
        ...(hasProxy ? [apiAccess] : []),
      ],
    },
  };
}

/**
 * The proxy alone reads which pods are of the pool: it sends no request elsewhere, whatever a header says. The engine
 * beside it has no token.
 */
const API_ACCESS = "api-access";
const apiAccess = {
  name: API_ACCESS,
  projected: {
    sources: [
      { serviceAccountToken: { path: "token", expirationSeconds: 3_600 } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
    ],
  },
};

/** Has the prompt computed first, by the copy that the picker names, and the cache fetched; it runs beside the engine. */
function routingProxy(args: RoleArgs) {
  const { sidecarCpu, sidecarMemory } = args.operations.router;
  const memory = binary(sidecarMemory.value);
  return {
    name: "routing-proxy",
    image: imageOf(routerOf(args).sidecar),
    imagePullPolicy: "IfNotPresent",
    restartPolicy: "Always",
    args: [
      `--port=${SERVING_PORT}`,
      `--model-server-port=${enginePortOf(args)}`,
      "--kv-connector=nixlv2",
      "--secure-serving=false",
      "--enable-ssrf-protection",
      `--inference-pool=${args.tenant.namespace}/${args.endpoint.id}`,
    ],
    ports: [{ name: "proxy", containerPort: SERVING_PORT, protocol: "TCP" }],
    resources: { requests: { cpu: String(sidecarCpu.value), memory }, limits: { memory } },
    securityContext: HARDENED,
    volumeMounts: [{ name: API_ACCESS, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true }],
  };
}

function container(args: RoleArgs, place: PodPlace) {
  return {
    name: "engine",
    image: imageOf(args.endpoint.image),
    imagePullPolicy: "IfNotPresent",
    args: engineArgs(args, place),
    env: [
      { name: "HOME", value: "/cache" },
      { name: "HF_HOME", value: "/cache/huggingface" },
      { name: "VLLM_CACHE_ROOT", value: "/cache/vllm" },
      ...(isSplit(args) ? TRANSFER_ENV : []),
    ],
    ports: [
      { name: "http", containerPort: enginePortOf(args), protocol: "TCP" },
      ...(isSplit(args) ? [{ name: "transfer", containerPort: TRANSFER_PORT, protocol: "TCP" }] : []),
    ],
    resources: resources(args),
    securityContext: HARDENED,
    ...(place === "leader" ? probes(args.operations.engine) : {}),
    volumeMounts: [
      { name: "shared-memory", mountPath: "/dev/shm" },
      { name: "temporary", mountPath: "/tmp" },
      { name: "cache", mountPath: "/cache" },
    ],
  };
}

/** Where this pod's cache is fetched; connections outlive those that the proxy keeps open. */
const TRANSFER_ENV = [
  { name: "VLLM_NIXL_SIDE_CHANNEL_HOST", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
  { name: "VLLM_HTTP_TIMEOUT_KEEP_ALIVE", value: "120" },
];

/** Memory is held, CPU may be had beyond the share. */
function resources(args: RoleArgs) {
  const { gpusPerNode } = args.role;
  const { engine } = args.operations;
  const held = { memory: binary((gpusPerNode * engine.memoryPerGpu.value) as Bytes), ...devicesOf(args) };
  return {
    requests: { cpu: String(gpusPerNode * engine.cpuPerGpu.value), ...held },
    limits: held,
    ...(isNvlinkGang(args) ? { claims: [{ name: CHANNEL }] } : {}),
  };
}

/**
 * The GPUs of a node, and their way to others where they have any to talk to: EFA devices, or RDMA. A copy over several
 * nodes that NVLink joins needs none; caches that go from copy to copy always do.
 */
function devicesOf(args: RoleArgs): Readonly<Record<string, string>> {
  const { role, pool } = args;
  const gpus = { [GPU_RESOURCE]: String(role.gpusPerNode) };
  if (role.nodesPerReplica === 1 && !isSplit(args)) return gpus;
  if (pool.computeNic !== null && (isSplit(args) || pool.nvlinkAcrossNodes === false))
    return { ...gpus, [RDMA_RESOURCE]: "1" };
  const efa = efaShare(pool, role.gpusPerNode);
  return efa === null || efa === 0 ? gpus : { ...gpus, [EFA_RESOURCE]: String(efa) };
}
