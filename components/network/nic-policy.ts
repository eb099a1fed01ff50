import type { Operations } from "../catalog/catalog.ts";
import { commonLabels, type KubernetesObject, LABEL, RDMA_RESOURCE } from "../kubernetes.ts";
import type { PoolPlan } from "../plan-types.ts";

/** Pods that may share the NICs of a node: more than a node has GPUs. */
const SHARERS = 63;

/**
 * Driver and RDMA devices of the NICs of the compute fabric, on the nodes of the pools; null where no pool has NICs that
 * are known. The operator takes one policy a cluster, of this name, and drives nodes with such NICs alone; pools are not
 * named, so that one more changes nothing. NICs are told by their PCI id: those of storage and management stay out. The
 * driver is not upgraded under running workloads.
 * Source: NVIDIA Network Operator, NicClusterPolicy mellanox.com/v1alpha1; k8s-rdma-shared-dev-plugin, its configuration.
 */
export function nicPolicy(
  site: string,
  pools: readonly PoolPlan[],
  { repository, version, driver }: Operations["networkOperator"],
): KubernetesObject | null {
  const driven = pools.filter(({ computeNic }) => computeNic !== null);
  if (driven.length === 0) return null;
  const [vendors, deviceIDs] = [0, 1].map((part) =>
    sorted(driven.map(({ computeNic }) => computeNic?.split(":")[part])),
  );
  const image = (name: string, tag: string) => ({ image: name, repository: repository.value, version: tag });
  const config = {
    configList: [
      {
        resourceName: RDMA_RESOURCE.replace("rdma/", ""),
        rdmaHcaMax: SHARERS,
        selectors: { vendors, deviceIDs },
      },
    ],
  };
  return {
    apiVersion: "mellanox.com/v1alpha1",
    kind: "NicClusterPolicy",
    metadata: { name: "nic-cluster-policy", labels: commonLabels(site, "network") },
    spec: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: LABEL.pool, operator: "Exists" }] }],
        },
      },
      tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
      ofedDriver: { ...image("doca-driver", driver.value), upgradePolicy: { autoUpgrade: false } },
      rdmaSharedDevicePlugin: {
        ...image("k8s-rdma-shared-dev-plugin", version.value),
        config: JSON.stringify(config),
      },
    },
  };
}

const sorted = (values: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== undefined))].sort();
