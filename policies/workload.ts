import { LABEL, QUEUE_LABEL } from "../components/kubernetes.ts";
import { channelTemplatesOf } from "./compute-domains.ts";
import { podGpus } from "./pod-gpus.ts";
import { type PodTemplate, podTemplatesOf } from "./pod-templates.ts";
import { flattened, type RegisteredObject, readText, type Text, UNKNOWN } from "./registered.ts";

/** What a registered object asks of the site. */
export interface Workload {
  readonly urn: string;
  /** Subject of the rules that judge it: "workloads.tenant-research.Deployment.chat". */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | typeof UNKNOWN;
  readonly templates: readonly CountedTemplate[];
  /** GPUs of all its pods together; null where a part is not known. */
  readonly gpus: number | null;
  /** Queue of its GPU pods; null where one of them has none. */
  readonly queue: Text;
  /** Pool that its GPU pods select by node label; null where one of them may run anywhere. */
  readonly pool: Text;
}

/** A pod template with the GPUs of one of its pods; null where they are not known. */
export interface CountedTemplate extends PodTemplate {
  readonly gpus: number | null;
}

/** Every registered object that runs pods, ours or not. */
export function workloadsOf(objects: readonly RegisteredObject[]): readonly Workload[] {
  const channels = channelTemplatesOf(objects);
  return flattened(objects).flatMap((entry) => {
    const kind = textOr(readText(entry.object, "kind"), "object");
    const templates = podTemplatesOf(kind, entry.object);
    return templates.length === 0 ? [] : [workloadOf(entry, kind, templates, channels)];
  });
}

function workloadOf(
  { urn, object }: RegisteredObject,
  kind: string,
  written: readonly PodTemplate[],
  channels: ReadonlySet<string>,
): Workload {
  const stated = readText(object, "metadata", "namespace");
  const namespace = stated === null ? "default" : stated;
  const isChannel = (name: string) => namespace !== UNKNOWN && channels.has(`${namespace}/${name}`);
  const templates = written.map((each) => ({ ...each, gpus: podGpus(each.template, isChannel) }));
  const counted = templates.map(({ pods, template, gpus }) => ({ template, gpus: gpusOf(pods, gpus) }));
  const asking = counted.filter(({ gpus }) => gpus !== 0);
  const placed = (asking.length > 0 ? asking : counted).map(({ template }) => template);
  const name = nameOf(urn, object);
  const own = readText(object, "metadata", "labels", QUEUE_LABEL);
  return {
    urn,
    id: `workloads.${textOr(namespace, "unknown")}.${kind}.${name}`,
    kind,
    name,
    namespace,
    templates,
    gpus: counted.reduce<number | null>((sum, { gpus }) => (sum === null || gpus === null ? null : sum + gpus), 0),
    queue: own === null ? shared(placed.map((part) => readText(part, "metadata", "labels", QUEUE_LABEL))) : own,
    pool: shared(placed.map((part) => readText(part, "spec", "nodeSelector", LABEL.pool))),
  };
}

/** The object's own name, unless Pulumi draws it anew for each creation: the resource's name then stays. */
function nameOf(urn: string, object: unknown): string {
  const drawn = readText(object, "metadata", "annotations", "pulumi.com/autonamed") === "true";
  const resource = urn.replace(/^.*::/, "");
  return drawn ? resource : textOr(readText(object, "metadata", "name"), resource);
}

/** No GPU a pod is no GPU, however many pods there are. */
function gpusOf(pods: number | null, each: number | null): number | null {
  if (each === 0 || pods === 0) return 0;
  return pods === null || each === null ? null : pods * each;
}

/** What all parts say; absent where one has none, not known where they differ. */
function shared(texts: readonly Text[]): Text {
  const [first = null, ...others] = new Set(texts);
  if (others.length === 0) return first;
  return texts.includes(UNKNOWN) || !texts.includes(null) ? UNKNOWN : null;
}

const textOr = (text: Text, otherwise: string): string => (typeof text === "string" ? text : otherwise);
