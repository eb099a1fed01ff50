import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { type RegisteredObject, type RegisteredResource, UNKNOWN } from "../registered.ts";

/** A chart that the provider installs by itself: none of its objects is registered. */
const OPAQUE = /^kubernetes:helm\.sh\/v3:Release$/;
/** Components over objects that are registered one by one, as soon as it is known which there are. */
const GROUP = /^kubernetes:(?:yaml|kustomize|helm\.sh\/v[34]:Chart)/;

/** Kubernetes objects among the resources of a stack, as the engine knows them at this moment. */
export const registeredOf = (resources: readonly PolicyResource[]): readonly RegisteredObject[] =>
  resources.filter(({ type }) => type.startsWith("kubernetes:")).flatMap(registered);

function registered({ type, urn, name, props }: PolicyResource): readonly RegisteredObject[] {
  if (OPAQUE.test(type)) return [{ urn, object: hidden(type, name) }];
  if (!GROUP.test(type)) return [{ urn, object: { ...typed(type), ...(plain(props) as object) } }];
  return known(() => props.resources) === UNKNOWN ? [{ urn, object: hidden(type, name) }] : [];
}

/** Kind and version, which the resource's type names even where its properties leave them out. */
function typed(type: string): object {
  const [, apiVersion = "", kind = ""] = type.split(":");
  return { apiVersion, kind };
}

/** Something that may hold anything. */
const hidden = (type: string, name: string): unknown => ({
  kind: type.replace(/^.*:/, ""),
  metadata: { name },
  spec: UNKNOWN,
});

/** Resources of AWS, in the same way. */
export const resourcesOf = (resources: readonly PolicyResource[]): readonly RegisteredResource[] =>
  resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, urn, props }) => ({ urn, type, inputs: plain(props) }));

/** A copy in which what is not known yet is UNKNOWN: the SDK throws where an unknown is read. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => known(() => value[index]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, known(() => (value as Readonly<Record<string, unknown>>)[key])]),
  );
}

function known(get: () => unknown): unknown {
  try {
    return plain(get());
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
