import { commonLabels, type KubernetesObject } from "../kubernetes.ts";

/** Namespace of the GPU Operator, as its chart makes it. */
const NAMESPACE = "gpu-operator";
const COUNTERS_NAME = "dcgm-counters";
/** The key under which the exporter looks for its list. */
export const COUNTERS_FILE = "dcgm-metrics.csv";

/** What the exporter counts: name of DCGM's field, kind, meaning. The violation counters are off in its own list. */
const COUNTERS: readonly (readonly [field: string, kind: "gauge" | "counter", help: string])[] = [
  ["DCGM_FI_DEV_POWER_USAGE", "gauge", "Power draw in W."],
  ["DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "counter", "Energy since boot in mJ."],
  ["DCGM_FI_DEV_POWER_VIOLATION", "counter", "Time throttled by the power limit in ns."],
  ["DCGM_FI_DEV_THERMAL_VIOLATION", "counter", "Time throttled by temperature in ns."],
  ["DCGM_FI_DEV_GPU_TEMP", "gauge", "Temperature of the GPU in C."],
  ["DCGM_FI_DEV_MEMORY_TEMP", "gauge", "Temperature of the memory in C."],
  ["DCGM_FI_DEV_SM_CLOCK", "gauge", "Clock of the streaming multiprocessors in MHz."],
  ["DCGM_FI_DEV_GPU_UTIL", "gauge", "Share of time in which a kernel ran in %."],
  ["DCGM_FI_DEV_FB_USED", "gauge", "Memory used in MiB."],
  ["DCGM_FI_DEV_FB_FREE", "gauge", "Memory free in MiB."],
  ["DCGM_FI_DEV_XID_ERRORS", "gauge", "Last XID error."],
  ["DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", "counter", "Double-bit errors since boot."],
  ["DCGM_FI_DEV_ROW_REMAP_FAILURE", "gauge", "Whether a row could not be remapped."],
  ["DCGM_FI_DEV_NVLINK_BANDWIDTH_TOTAL", "counter", "Bytes over all NVLinks."],
  ["DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "gauge", "Share of cycles in which the tensor cores worked."],
  ["DCGM_FI_PROF_DRAM_ACTIVE", "gauge", "Share of cycles in which memory moved data."],
];

/** Without these nobody sees that a GPU is held back by its power limit or by heat. */
export const POWER_COUNTERS = [
  "DCGM_FI_DEV_POWER_USAGE",
  "DCGM_FI_DEV_POWER_VIOLATION",
  "DCGM_FI_DEV_THERMAL_VIOLATION",
] as const;

/** The exporter's list, for the operator's namespace. */
export const dcgmCounters = (site: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: COUNTERS_NAME, namespace: NAMESPACE, labels: commonLabels(site, "compute") },
  data: { [COUNTERS_FILE]: `${COUNTERS.map((counter) => counter.join(", ")).join("\n")}\n` },
});

/**
 * What the GPU Operator keeps on every GPU node; images and versions are its chart's. Where the node image brings driver
 * and toolkit, as those of EKS do, the operator leaves them alone. The chart writes a policy of the same name: this one
 * takes its fields over.
 */
export const clusterPolicy = (site: string, imageBringsDriver: boolean): KubernetesObject => ({
  apiVersion: "nvidia.com/v1",
  kind: "ClusterPolicy",
  metadata: {
    name: "cluster-policy",
    labels: commonLabels(site, "compute"),
    annotations: { "pulumi.com/patchForce": "true" },
  },
  spec: {
    operator: {},
    daemonsets: { tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }] },
    driver: imageBringsDriver ? { enabled: false } : { enabled: true, rdma: { enabled: true } },
    toolkit: { enabled: !imageBringsDriver },
    devicePlugin: { enabled: true },
    gfd: { enabled: true },
    cdi: { enabled: true },
    dcgm: { enabled: true },
    dcgmExporter: {
      enabled: true,
      config: { name: COUNTERS_NAME },
      serviceMonitor: { enabled: true, interval: "15s" },
    },
    nodeStatusExporter: { enabled: true },
    mig: { strategy: "none" },
  },
});
