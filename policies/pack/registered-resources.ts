import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { type RegisteredObject, UNKNOWN } from "../registered.ts";

/** Kubernetes objects among the resources of a stack, as the engine knows them at this moment. */
export function registeredOf(resources: readonly PolicyResource[]): readonly RegisteredObject[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:") && type !== HELM_RELEASE)
    .map(({ urn, props }) => ({ urn, object: plain(props) }))
    .concat(
      resources.filter(({ type }) => type === HELM_RELEASE).map(({ urn, name }) => ({ urn, object: release(name) })),
    );
}

/** A chart that the provider installs registers none of its objects: what it runs is not known. */
const HELM_RELEASE = "kubernetes:helm.sh/v3:Release";
const release = (name: string): unknown => ({ kind: "Release", metadata: { name }, spec: UNKNOWN });

/** A copy in which what is not known yet is UNKNOWN: the SDK throws where an unknown is read. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(() => value[index]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, read(() => (value as Readonly<Record<string, unknown>>)[key])]),
  );
}

function read(get: () => unknown): unknown {
  try {
    return plain(get());
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}
