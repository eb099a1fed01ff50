import { efaShare } from "../aws/efa-share.ts";
import type { Operations } from "../catalog/catalog.ts";
import { EFA_RESOURCE, GPU_RESOURCE, LABEL, RDMA_RESOURCE } from "../kubernetes.ts";
import { gangLevel } from "../network/topologies.ts";
import { powerLimitOf } from "../power/gpu-cap-policy.ts";
import type { Bytes } from "../quantity.ts";
import { channelTemplateName, isNvlinkGang } from "./compute-domain.ts";
import { type EndpointArgs, labelsOf, queueLabelsOf, SERVING_PORT } from "./endpoint-args.ts";
import { priorityName } from "./stack-objects.ts";

const USER = 65_532;
/** The claim by which a container reaches its NVLink domain. */
const CHANNEL = "nvlink-channel";
const HEALTH = { httpGet: { path: "/health", port: "http" } };
/** Only the pod that answers is probed. Loading weights and capturing graphs takes minutes: the catalog says how many. */
const probes = ({ start }: Operations["engine"]) => ({
  startupProbe: { ...HEALTH, periodSeconds: 10, failureThreshold: Math.ceil(start.value / 10) },
  readinessProbe: { httpGet: { path: "/v1/models", port: "http" }, periodSeconds: 10 },
  livenessProbe: { ...HEALTH, periodSeconds: 20, failureThreshold: 6 },
});
/** Whole mebibytes as Kubernetes itself writes them: in the largest unit that divides them. */
function binary(bytes: Bytes): string {
  const mebibytes = Math.ceil(bytes / 2 ** 20);
  if (mebibytes % 2 ** 20 === 0) return `${mebibytes / 2 ** 20}Ti`;
  return mebibytes % 2 ** 10 === 0 ? `${mebibytes / 2 ** 10}Gi` : `${mebibytes}Mi`;
}

/** Which pod of a copy: the one that answers, alone or at the head of its group, or a further node of the group. */
export type PodRole = "leader" | "worker";

/** A vLLM pod of one node of a copy: Pod Security "restricted", on the pool's nodes, all its GPUs by the queue. */
export function podTemplate(args: EndpointArgs, role: PodRole) {
  const { endpoint, pool, tenant, network } = args;
  const level = gangLevel(network.topologies, pool);
  const placement =
    endpoint.nodesPerReplica > 1 && level !== null
      ? {
          "kueue.x-k8s.io/podset-required-topology": level,
          // Leader and workers in one and the same domain, not each in one of its own.
          "kueue.x-k8s.io/podset-group-name": endpoint.id,
        }
      : { "kueue.x-k8s.io/podset-unconstrained-topology": "true" };
  return {
    metadata: {
      labels: {
        ...labelsOf(args),
        ...queueLabelsOf(args),
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
      containers: [container(args, role)],
      volumes: [
        {
          name: "shared-memory",
          emptyDir: { medium: "Memory", sizeLimit: binary(args.operations.engine.sharedMemory.value) },
        },
        { name: "temporary", emptyDir: {} },
        { name: "cache", emptyDir: {} },
      ],
    },
  };
}

function container(args: EndpointArgs, role: PodRole) {
  return {
    name: "engine",
    image: imageOf(args),
    imagePullPolicy: "IfNotPresent",
    args: engineArgs(args, role),
    env: [
      { name: "HOME", value: "/cache" },
      { name: "HF_HOME", value: "/cache/huggingface" },
      { name: "VLLM_CACHE_ROOT", value: "/cache/vllm" },
    ],
    ports: [{ name: "http", containerPort: SERVING_PORT, protocol: "TCP" }],
    resources: resources(args),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    ...(role === "leader" ? probes(args.operations.engine) : {}),
    volumeMounts: [
      { name: "shared-memory", mountPath: "/dev/shm" },
      { name: "temporary", mountPath: "/tmp" },
      { name: "cache", mountPath: "/cache" },
    ],
  };
}

/** Memory is held, CPU may be had beyond the share. */
function resources(args: EndpointArgs) {
  const { gpusPerNode } = args.endpoint;
  const { engine } = args.operations;
  const held = { memory: binary((gpusPerNode * engine.memoryPerGpu.value) as Bytes), ...devicesOf(args) };
  return {
    requests: { cpu: String(gpusPerNode * engine.cpuPerGpu.value), ...held },
    limits: held,
    ...(isNvlinkGang(args) ? { claims: [{ name: CHANNEL }] } : {}),
  };
}

/** The GPUs of a node; a copy over several nodes takes their way to each other as well: EFA devices, or RDMA where no NVLink joins them. */
function devicesOf({ endpoint, pool }: EndpointArgs): Readonly<Record<string, string>> {
  const gpus = { [GPU_RESOURCE]: String(endpoint.gpusPerNode) };
  if (endpoint.nodesPerReplica === 1) return gpus;
  if (pool.computeNic !== null && pool.nvlinkAcrossNodes === false) return { ...gpus, [RDMA_RESOURCE]: "1" };
  const efa = efaShare(pool, endpoint.gpusPerNode);
  return efa === null || efa === 0 ? gpus : { ...gpus, [EFA_RESOURCE]: String(efa) };
}

/** By digest where it is known: the tag beside it is for people. */
const imageOf = ({ endpoint: { image } }: EndpointArgs): string =>
  `${image.repository}:${image.tag}${image.digest === null ? "" : `@${image.digest}`}`;

/** Tensor parallel inside a node, pipeline parallel over the nodes of a copy; LeaderWorkerSet tells each pod its rank. */
function engineArgs({ endpoint, huggingFace }: EndpointArgs, role: PodRole): readonly string[] {
  const group = [
    `--pipeline-parallel-size=${endpoint.nodesPerReplica}`,
    `--nnodes=${endpoint.nodesPerReplica}`,
    "--node-rank=$(LWS_WORKER_INDEX)",
    "--master-addr=$(LWS_LEADER_ADDRESS)",
    ...(role === "worker" ? ["--headless"] : []),
  ];
  return [
    `--model=${huggingFace}`,
    `--served-model-name=${endpoint.model}`,
    `--port=${SERVING_PORT}`,
    `--tensor-parallel-size=${endpoint.gpusPerNode}`,
    ...(endpoint.nodesPerReplica > 1 ? group : []),
    ...(QUANTIZATION[endpoint.precision] ?? []),
  ];
}

/** Formats that the engine applies itself; the others come with the checkpoint. */
const QUANTIZATION: Readonly<Record<string, readonly string[]>> = {
  fp8: ["--quantization=fp8"],
  "awq-int4": ["--quantization=awq"],
};
