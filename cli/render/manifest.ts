import { parse, stringify } from "yaml";
import type { KubernetesObject } from "../../components/kubernetes.ts";

/** What kubectl and the Kubernetes provider read: there a bare `on`, `no` or `y` is a truth value, not a name. */
const YAML = { version: "1.1", logLevel: "error" } as const;

/** An object as a manifest: keys sorted, names that YAML would take for something else in quotes. */
export const showManifest = (object: KubernetesObject): string =>
  stringify(object, { ...YAML, sortMapEntries: true, indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false });

/** The object that a manifest holds; null where the text is no object of Kubernetes, whatever has become of it. */
export function readManifest(text: string): KubernetesObject | null {
  try {
    const object: unknown = parse(text, YAML);
    return isObject(object) ? object : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is KubernetesObject {
  if (typeof value !== "object" || value === null || !("metadata" in value)) return false;
  const { apiVersion, kind, metadata } = value as Readonly<Record<string, unknown>>;
  const named = typeof metadata === "object" && metadata !== null && "name" in metadata;
  return typeof apiVersion === "string" && typeof kind === "string" && named && typeof metadata.name === "string";
}
