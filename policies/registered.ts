/** Stands where the engine does not know a value yet. Rules read through `read`, so that it can prove nothing. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A Kubernetes object as a program registered it, with its URN. */
export interface RegisteredObject {
  readonly urn: string;
  readonly object: unknown;
}

/** A resource of a cloud as a program registered it; what the cloud first computes is UNKNOWN. */
export interface RegisteredResource {
  readonly urn: string;
  /** Type token. @example "aws:eks/cluster:Cluster" */
  readonly type: string;
  readonly inputs: unknown;
}

/** What stands at a path: a value, nothing, or something that is not known yet. */
export type Read = { readonly known: true; readonly value: unknown } | { readonly known: false };

/** Text that stands, is absent, or is not known yet. */
export type Text = string | null | typeof UNKNOWN;

const OPEN: Read = { known: false };

/** Follows keys into an object; unknown anywhere on the way is unknown at the end. */
export function read(object: unknown, ...path: readonly (string | number)[]): Read {
  let value = object;
  for (const key of path) {
    if (value === UNKNOWN) return OPEN;
    if (typeof value !== "object" || value === null) return { known: true, value: undefined };
    value = Object.hasOwn(value, key) ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined;
  }
  return value === UNKNOWN ? OPEN : { known: true, value };
}

/** Text at a path: null where there is none, UNKNOWN where it is not known. */
export function readText(object: unknown, ...path: readonly (string | number)[]): Text {
  const found = read(object, ...path);
  if (!found.known) return UNKNOWN;
  return typeof found.value === "string" ? found.value : null;
}

/** Items of a list at a path: none where there is no list, UNKNOWN where it is not known. */
export function readList(object: unknown, ...path: readonly (string | number)[]): readonly unknown[] | typeof UNKNOWN {
  const found = read(object, ...path);
  if (!found.known) return UNKNOWN;
  return Array.isArray(found.value) ? found.value : [];
}

/** A count at a path, whole and ≥ 0, as a number or a plain decimal text; `absent` where nothing stands; null where it cannot be told. */
export function readCount(object: unknown, path: readonly (string | number)[], absent: number): number | null {
  const found = read(object, ...path);
  if (!found.known) return null;
  if (found.value === undefined || found.value === null) return absent;
  const count = typeof found.value === "string" && /^\d{1,15}$/.test(found.value) ? Number(found.value) : found.value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/**
 * Objects one by one, in the order of their URNs, so that the order of registration never shows. What stands in a List
 * counts as if it stood alone.
 */
export function flattened(objects: readonly RegisteredObject[]): readonly RegisteredObject[] {
  return objects.flatMap(unlisted).sort((left, right) => (left.urn < right.urn ? -1 : left.urn > right.urn ? 1 : 0));
}

function unlisted(entry: RegisteredObject): readonly RegisteredObject[] {
  const kind = readText(entry.object, "kind");
  const items = typeof kind === "string" && kind.endsWith("List") ? readList(entry.object, "items") : [];
  if (typeof kind !== "string" || items === UNKNOWN || items.length === 0) return [entry];
  return items.flatMap((item, index) =>
    unlisted({ urn: `${entry.urn}#${index}`, object: itemOf(item, kind.slice(0, -"List".length)) }),
  );
}

/** An item of a DeploymentList may leave its kind to the list. */
function itemOf(item: unknown, kind: string): unknown {
  const stated = typeof item === "object" && item !== null && !Object.hasOwn(item, "kind") && kind !== "";
  return stated ? { ...item, kind } : item;
}
