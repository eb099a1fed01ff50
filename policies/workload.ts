import { GPU_RESOURCE, LABEL, QUEUE_LABEL } from "../components/kubernetes.ts";
import { flattened, type RegisteredObject, read, readCount, readList, readText, UNKNOWN } from "./registered.ts";

/** A pod template with the number of pods it stands for; null where that cannot be told. */
interface PodTemplate {
  readonly pods: number | null;
  readonly template: unknown;
}

/** What a registered object asks of the site. */
export interface Workload {
  readonly urn: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | typeof UNKNOWN;
  readonly templates: readonly PodTemplate[];
  /** GPUs of all its pods together; null where a part is not known. */
  readonly gpus: number | null;
  readonly queue: string | null | typeof UNKNOWN;
  /** Pool that its pods select by node label. */
  readonly pool: string | null | typeof UNKNOWN;
}

/** Kinds that carry pods, and how many; every other kind that holds containers counts as unknown. */
const TEMPLATES: ReadonlyMap<string, (object: unknown) => readonly PodTemplate[]> = new Map([
  ["Pod", (object) => [{ pods: 1, template: object }]],
  [
    "Deployment",
    (object) => [{ pods: readCount(object, ["spec", "replicas"], 1), template: at(object, "spec", "template") }],
  ],
  [
    "ReplicaSet",
    (object) => [{ pods: readCount(object, ["spec", "replicas"], 1), template: at(object, "spec", "template") }],
  ],
  [
    "ReplicationController",
    (object) => [{ pods: readCount(object, ["spec", "replicas"], 1), template: at(object, "spec", "template") }],
  ],
  [
    "StatefulSet",
    (object) => [{ pods: readCount(object, ["spec", "replicas"], 1), template: at(object, "spec", "template") }],
  ],
  ["DaemonSet", (object) => [{ pods: null, template: at(object, "spec", "template") }]],
  [
    "Job",
    (object) => [{ pods: readCount(object, ["spec", "parallelism"], 1), template: at(object, "spec", "template") }],
  ],
  ["CronJob", (object) => [{ pods: null, template: at(object, "spec", "jobTemplate", "spec", "template") }]],
  ["LeaderWorkerSet", leaderWorkerTemplates],
  ["JobSet", jobSetTemplates],
  ["DisaggregatedSet", roleTemplates],
  // A Helm release registers none of its objects.
  ["Release", () => [{ pods: null, template: UNKNOWN }]],
]);

/** Kinds that hold a pod template as a mere definition: nothing runs from it. */
const INERT = new Set(["PodTemplate", "CustomResourceDefinition", "ConfigMap", "Secret"]);

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
  if (jobs === UNKNOWN) return [{ pods: null, template: UNKNOWN }];
  return jobs.map((job) => ({
    pods: times(readCount(job, ["replicas"], 1), readCount(job, ["template", "spec", "parallelism"], 1)),
    template: at(job, "template", "spec", "template"),
  }));
}

function roleTemplates(object: unknown): readonly PodTemplate[] {
  const roles = readList(object, "spec", "roles");
  if (roles === UNKNOWN) return [{ pods: null, template: UNKNOWN }];
  const slices = readCount(object, ["spec", "slices"], 1);
  return roles.flatMap((role) =>
    leaderWorkerTemplates(role).map(({ pods, template }) => ({ pods: times(pods, slices), template })),
  );
}

/** Every registered object that runs pods, ours or not. */
export function workloadsOf(objects: readonly RegisteredObject[]): readonly Workload[] {
  return flattened(objects).flatMap(({ urn, object }) => {
    const kind = readText(object, "kind");
    const name = typeof kind === "string" ? kind : "unknown kind";
    if (INERT.has(name)) return [];
    const templates =
      TEMPLATES.get(name)?.(object) ?? (holdsContainers(object) ? [{ pods: null, template: UNKNOWN }] : []);
    return templates.length === 0 ? [] : [workloadOf(urn, name, object, templates)];
  });
}

function workloadOf(urn: string, kind: string, object: unknown, templates: readonly PodTemplate[]): Workload {
  const labels = [object, ...templates.map(({ template }) => template)];
  const counts = templates.map(({ pods, template }) => {
    const each = podGpus(template);
    return each === 0 ? 0 : times(pods, each);
  });
  return {
    urn,
    kind,
    name: textOr(readText(object, "metadata", "name"), "unnamed"),
    namespace: namespaceOf(object),
    templates,
    gpus: counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0),
    queue: firstText(labels.map((part) => readText(part, "metadata", "labels", QUEUE_LABEL))),
    pool: firstText(templates.map(({ template }) => poolOf(template))),
  };
}

/** GPUs of one pod: its containers together, or its largest init container, whichever is more. */
function podGpus(template: unknown): number | null {
  if (template === UNKNOWN || template === undefined || template === null) return null;
  const claims = readList(template, "spec", "resourceClaims");
  if (claims === UNKNOWN || claims.length > 0) return null;
  const running = containerGpus(readList(template, "spec", "containers"));
  const init = containerGpus(readList(template, "spec", "initContainers"));
  if (running === null || init === null) return null;
  const sidecarsAndLargest = Math.max(0, ...init);
  return Math.max(
    running.reduce((sum, count) => sum + count, 0),
    sidecarsAndLargest,
  );
}

function containerGpus(containers: readonly unknown[] | typeof UNKNOWN): readonly number[] | null {
  if (containers === UNKNOWN) return null;
  const counts = containers.map((container) => {
    const requested = read(container, "resources", "requests", GPU_RESOURCE);
    const side = requested.known && requested.value !== undefined ? "requests" : "limits";
    return requested.known ? readCount(container, ["resources", side, GPU_RESOURCE], 0) : null;
  });
  return counts.some((count) => count === null) ? null : counts.map((count) => count ?? 0);
}

/** Containers anywhere in an object of a kind we do not know: it may run pods. */
function holdsContainers(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const own = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(own.containers) && own.containers.some((container) => readText(container, "image") !== null))
    return true;
  return Object.values(own).some(holdsContainers);
}

function poolOf(template: unknown): string | null | typeof UNKNOWN {
  return readText(template, "spec", "nodeSelector", LABEL.pool);
}

function namespaceOf(object: unknown): string | typeof UNKNOWN {
  const namespace = readText(object, "metadata", "namespace");
  return namespace === null ? "default" : namespace;
}

/** The first text that stands; unknown where one may stand that is not known. */
function firstText(texts: readonly (string | null | typeof UNKNOWN)[]): string | null | typeof UNKNOWN {
  return texts.find((text) => typeof text === "string") ?? (texts.includes(UNKNOWN) ? UNKNOWN : null);
}

const textOr = (text: string | null | typeof UNKNOWN, otherwise: string): string =>
  typeof text === "string" ? text : otherwise;

const times = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left * right;

/** The value at a path; UNKNOWN where it is not known. */
function at(object: unknown, ...path: readonly (string | number)[]): unknown {
  const found = read(object, ...path);
  return found.known ? found.value : UNKNOWN;
}
