/** A Kubernetes object as plain data, before any engine sees it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** An object with the Pulumi resource that it becomes. */
export interface PlannedObject {
  /** Name of the resource: its identity in the state, for ever. */
  readonly name: string;
  readonly object: KubernetesObject;
  /** Left on the cluster when the site goes: somebody else's object, which only says what we want of it. */
  readonly retained?: true;
}

/** Labels of ours, on objects and nodes. */
export const LABEL = {
  site: "millrace.dev/site",
  pool: "millrace.dev/pool",
  phase: "millrace.dev/phase",
  tenant: "millrace.dev/tenant",
  endpoint: "millrace.dev/endpoint",
} as const;

export const QUEUE_LABEL = "kueue.x-k8s.io/queue-name";
export const GPU_RESOURCE = "nvidia.com/gpu";
/** The NICs of the compute fabric, shared by the pods of a node, as the Network Operator's plugin offers them. */
export const RDMA_RESOURCE = "rdma/compute";
/** EFA devices of a node on AWS, as its device plugin offers them. */
export const EFA_RESOURCE = "vpc.amazonaws.com/efa";
/** Channels into an NVLink domain, one a node, as Kueue counts the claims for them. */
export const CHANNELS_RESOURCE = "millrace.dev/nvlink-channels";
/** What Kueue counts a GPU as, so that a queue's quota is a power budget. */
export const WATTS_RESOURCE = "millrace.dev/watts";

/** Recommended labels of Kubernetes, and the site. */
export const commonLabels = (site: string, part: string): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/managed-by": "millrace",
  "app.kubernetes.io/part-of": part,
  [LABEL.site]: site,
});
