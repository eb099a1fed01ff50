import { fileURLToPath } from "node:url";
import { POOL_TAG } from "../../components/aws/pool-resources.ts";
import { GPU_RESOURCE, LABEL, RDMA_RESOURCE, WATTS_RESOURCE } from "../../components/kubernetes.ts";
import { GANG_LEVELS } from "../../components/network/topologies.ts";
import { openSite } from "../../components/open.ts";
import { LAUNCH_TEMPLATE } from "../aws.ts";
import { blocks } from "../check.ts";
import { isUnsettled } from "../finding.ts";
import type { RegisteredObject, RegisteredResource } from "../registered.ts";
import { applyRule, type Context, type Rule } from "../rule.ts";

/** What a program must not register: an open queue for a closed pool, and a bare Deployment that asks for too much. */
const REGISTERED: readonly RegisteredObject[] = [
  {
    urn: "queue",
    object: {
      apiVersion: "kueue.x-k8s.io/v1beta2",
      kind: "ClusterQueue",
      metadata: { name: "closed", labels: { [LABEL.pool]: "closed" } },
      spec: {
        stopPolicy: "None",
        resourceGroups: [
          {
            flavors: [
              {
                name: "all",
                resources: [
                  { name: GPU_RESOURCE, nominalQuota: "1000" },
                  { name: WATTS_RESOURCE, nominalQuota: "9M" },
                ],
              },
            ],
          },
        ],
      },
    },
  },
  {
    urn: "workload",
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "bare", namespace: "default" },
      spec: {
        replicas: 1000,
        template: {
          spec: {
            hostNetwork: true,
            nodeSelector: { [LABEL.pool]: "open" },
            containers: [
              { name: "bare", image: "example.com/bare:latest", resources: { limits: { [GPU_RESOURCE]: "8" } } },
            ],
          },
        },
      },
    },
  },
];

/** An exporter that counts nothing. */
const POLICY: RegisteredObject = {
  urn: "policy",
  object: { apiVersion: "nvidia.com/v1", kind: "ClusterPolicy", spec: { dcgmExporter: { enabled: false } } },
};

/** RDMA under a name for which no pod asks, on NICs that no node has. */
const NIC_POLICY: RegisteredObject = {
  urn: "nics",
  object: {
    apiVersion: "mellanox.com/v1alpha1",
    kind: "NicClusterPolicy",
    spec: {
      rdmaSharedDevicePlugin: {
        config: JSON.stringify({
          configList: [{ resourceName: "other", rdmaHcaMax: 1, selectors: { vendors: ["0000"] } }],
        }),
      },
    },
  },
};

/** A gang on rented nodes, without the fabric. */
const GANG: RegisteredObject = {
  urn: "gang",
  object: {
    apiVersion: "leaderworkerset.x-k8s.io/v1",
    kind: "LeaderWorkerSet",
    metadata: { name: "gang", namespace: "default" },
    spec: {
      replicas: 1,
      leaderWorkerTemplate: {
        size: 2,
        workerTemplate: {
          spec: {
            nodeSelector: { [LABEL.pool]: "bare" },
            containers: [{ name: "bare", image: "example.com/bare", resources: { limits: { [GPU_RESOURCE]: "8" } } }],
          },
        },
      },
    },
  },
};

/** A gang in one rack, of more nodes than it always has, and without a channel into its NVLink domain. */
const WIDE_GANG: RegisteredObject = {
  urn: "wide",
  object: {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "wide", namespace: "default" },
    spec: {
      parallelism: 18,
      template: {
        metadata: { annotations: { "kueue.x-k8s.io/podset-required-topology": GANG_LEVELS[0] } },
        spec: {
          nodeSelector: { [LABEL.pool]: "open" },
          containers: [{ name: "bare", image: "example.com/bare", resources: { limits: { [GPU_RESOURCE]: "4" } } }],
        },
      },
    },
  },
};

/** Pods without GPUs that may stand on a node with some. */
const BATCH: RegisteredObject = {
  urn: "batch",
  object: {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "batch", namespace: "default" },
    spec: {
      template: {
        spec: { tolerations: [{ operator: "Exists" }], containers: [{ name: "batch", image: "example.com/batch" }] },
      },
    },
  },
};

/** Pods that claim devices where nothing knows of claims, and hand caches over by what does not reach the fabric. */
const CLAIMING: RegisteredObject = {
  urn: "claiming",
  object: {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "claiming", namespace: "default" },
    spec: {
      template: {
        spec: {
          nodeSelector: { [LABEL.pool]: "bare" },
          resourceClaims: [{ name: "devices", resourceClaimTemplateName: "any" }],
          containers: [
            {
              name: "claiming",
              image: "example.com/claiming",
              args: ['--kv-transfer-config={"kv_connector":"NixlConnector"}'],
            },
          ],
        },
      },
    },
  },
};

/** The two roles of a model: what prefill writes on eight GPUs no decode engine on four can read, and one of them asks for no fabric. */
const ROLES: readonly RegisteredObject[] = (
  [
    ["prefill", 8, "open", {}],
    ["decode", 4, "closed", { [RDMA_RESOURCE]: "1" }],
  ] as const
).map(([role, gpus, pool, devices]) => ({
  urn: role,
  object: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: role, namespace: "default" },
    spec: {
      template: {
        metadata: { labels: { "llm-d.ai/role": role, "llm-d.ai/model": "llama-3.1-8b" } },
        spec: {
          nodeSelector: { [LABEL.pool]: pool },
          containers: [
            {
              name: role,
              image: "example.com/engine",
              args: [`--tensor-parallel-size=${gpus}`, '--kv-transfer-config={"kv_connector":"NixlConnector"}'],
              resources: { limits: { [GPU_RESOURCE]: String(gpus), ...devices } },
            },
          ],
        },
      },
    },
  },
}));

/** A cluster that all the world reaches, and nodes that are as wrong as nodes can be. */
const RESOURCES: readonly RegisteredResource[] = [
  {
    urn: "cluster",
    type: "aws:eks/cluster:Cluster",
    inputs: { vpcConfig: { endpointPublicAccess: true }, computeConfig: { enabled: true } },
  },
  {
    urn: "template",
    type: LAUNCH_TEMPLATE,
    inputs: { placement: { groupName: "ours" }, tags: { [POOL_TAG]: "block" } },
  },
];

/** Contexts, of a site with racks and of one with instances: to one of them every rule must object. */
export const knownBad = (): readonly Context[] => ["known-bad", "known-bad-aws"].map(badSite);

function badSite(folder: string): Context {
  const site = openSite(fileURLToPath(new URL(".", import.meta.url)), folder, null);
  if (!site.ok) throw new Error(`the pack's own bad site cannot be read: ${site.faults[0]?.problem}`);
  return {
    plan: site.plan,
    catalog: site.catalog,
    waivers: [],
    registered: [...REGISTERED, POLICY, NIC_POLICY, GANG, WIDE_GANG, BATCH, CLAIMING, ...ROLES],
    resources: RESOURCES,
    today: "2027-01-01",
    asState: null,
  };
}

/** Rules that let every bad context pass: they would let anything pass. */
export const blindRules = (rules: readonly Rule[], bad: readonly Context[]): readonly string[] =>
  rules.filter((rule) => !bad.some((context) => objects(rule, context))).map(({ id }) => id);

export const objects = (rule: Rule, context: Context): boolean =>
  applyRule(rule, context)
    .filter(isUnsettled)
    .some((finding) => rule.enforcement === "advisory" || blocks(finding));
