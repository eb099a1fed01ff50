import { GPU_RESOURCE } from "../components/kubernetes.ts";
import { read, readCount, readList, readText, UNKNOWN } from "./registered.ts";

/** A pod template with the number of pods it stands for; null where that cannot be told. */
export interface PodTemplate {
  readonly pods: number | null;
  readonly template: unknown;
}
type Templates = (object: unknown) => readonly PodTemplate[];

const NOT_KNOWN: readonly PodTemplate[] = [{ pods: null, template: UNKNOWN }];

const replicated: Templates = (object) => [
  { pods: readCount(object, ["spec", "replicas"], 1), template: at(object, "spec", "template") },
];

/** Kinds that carry pods, and how many. */
const TEMPLATES: ReadonlyMap<string, Templates> = new Map<string, Templates>([
  ["Pod", (object) => [{ pods: 1, template: object }]],
  ["Deployment", replicated],
  ["ReplicaSet", replicated],
  ["ReplicationController", replicated],
  ["StatefulSet", replicated],
  // As many pods as there are nodes, and as many jobs as overlap.
  ["DaemonSet", (object) => [{ pods: null, template: at(object, "spec", "template") }]],
  ["CronJob", (object) => [{ pods: null, template: at(object, "spec", "jobTemplate", "spec", "template") }]],
  ["Job", (object) => [jobTemplate(object)]],
  ["LeaderWorkerSet", leaderWorkerTemplates],
  ["JobSet", jobSetTemplates],
  ["DisaggregatedSet", roleTemplates],
]);

/** Kinds that speak of pods or GPUs and run none: definitions, and the limits of a node pool. */
const INERT = new Set(["PodTemplate", "CustomResourceDefinition", "NodePool"]);

/** The pod templates of an object, of whatever kind; none where it runs no pods. */
export function podTemplatesOf(kind: string, object: unknown): readonly PodTemplate[] {
  if (INERT.has(kind)) return [];
  const known = TEMPLATES.get(kind);
  if (known !== undefined) return known(object);
  const list = kind.endsWith("List") && readList(object, "items") === UNKNOWN;
  return list || mayHidePods(object) ? NOT_KNOWN : buriedTemplates(object);
}

function jobTemplate(job: unknown): PodTemplate {
  return { pods: readCount(job, ["spec", "parallelism"], 1), template: at(job, "spec", "template") };
}

function leaderWorkerTemplates(object: unknown): readonly PodTemplate[] {
  const groups = readCount(object, ["spec", "replicas"], 1);
  const size = readCount(object, ["spec", "leaderWorkerTemplate", "size"], 1);
  const worker = at(object, "spec", "leaderWorkerTemplate", "workerTemplate");
  const leader = at(object, "spec", "leaderWorkerTemplate", "leaderTemplate");
  const workers = size === null ? null : Math.max(0, size - 1);
  return [
    { pods: groups, template: leader ?? worker },
    { pods: times(groups, workers), template: worker },
  ];
}

function jobSetTemplates(object: unknown): readonly PodTemplate[] {
  const jobs = readList(object, "spec", "replicatedJobs");
  if (jobs === UNKNOWN) return NOT_KNOWN;
  return jobs.map((job) => {
    const { pods, template } = jobTemplate(at(job, "template"));
    return { pods: times(readCount(job, ["replicas"], 1), pods), template };
  });
}

function roleTemplates(object: unknown): readonly PodTemplate[] {
  const roles = readList(object, "spec", "roles");
  if (roles === UNKNOWN) return NOT_KNOWN;
  const slices = readCount(object, ["spec", "slices"], 1);
  return roles.flatMap((role) =>
    leaderWorkerTemplates(role).map(({ pods, template }) => ({ pods: times(pods, slices), template })),
  );
}

/**
 * Groups whose objects run no pods, whatever is not known of them: those of Kubernetes itself, of which the table
 * above lists all that do, and these.
 */
const QUIET = /(?:^|[.-])k8s\.io$/;
const QUIET_GROUPS = new Set([
  "acme.cert-manager.io",
  "cert-manager.io",
  "cilium.io",
  "external-secrets.io",
  "karpenter.k8s.aws",
  "karpenter.sh",
  "keda.sh",
  "kyverno.io",
  "metallb.io",
  "mellanox.com",
  "networking.istio.io",
  "resource.nvidia.com",
  "security.istio.io",
]);

/** Kinds of others may run pods in any part that is not known yet. */
function mayHidePods(object: unknown): boolean {
  const version = readText(object, "apiVersion");
  const group = typeof version === "string" ? version.split("/")[0] : undefined;
  const quiet = group !== undefined && (!group.includes(".") || QUIET.test(group) || QUIET_GROUPS.has(group));
  return !quiet && Object.entries(object ?? {}).some(([key, value]) => !ABOUT_ITSELF.has(key) && holdsUnknown(value));
}

const ABOUT_ITSELF = new Set(["apiVersion", "kind", "metadata", "status"]);

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(holdsUnknown);
}

/** Pods anywhere in an object of a kind that is not known here: how many run is the kind's own affair. */
function buriedTemplates(value: unknown): readonly PodTemplate[] {
  if (typeof value !== "object" || value === null) return [];
  if (isPodSpec(at(value, "spec"))) return [{ pods: null, template: value }];
  if (isPodSpec(value)) return [{ pods: null, template: { spec: value } }];
  if (asksForGpus(value)) return NOT_KNOWN;
  return Object.values(value).flatMap(buriedTemplates);
}

function isPodSpec(value: unknown): boolean {
  const containers = readList(value, "containers");
  return containers !== UNKNOWN && containers.some((container) => readText(container, "image") !== null);
}

/** Requests for GPUs outside any pod: an operator makes the pods of them. */
const asksForGpus = (value: unknown): boolean =>
  ["requests", "limits"].some((side) => [GPU_RESOURCE, "gpu"].some((name) => readCount(value, [side, name], 0) !== 0));

const times = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left * right;

/** The value at a path; UNKNOWN where it is not known. */
function at(object: unknown, ...path: readonly string[]): unknown {
  const found = read(object, ...path);
  return found.known ? found.value : UNKNOWN;
}
