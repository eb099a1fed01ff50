import { type RegisteredObject, readText, UNKNOWN } from "./registered.ts";

/** An object of the plan: what must be registered, word for word. */
interface Planned {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: unknown;
}

/** Whether an object is registered as planned, with where it is: null where a part that is not known decides. */
export function registeredAs(
  planned: Planned,
  objects: readonly RegisteredObject[],
): { readonly holds: boolean | null; readonly from: string } {
  const named = objects.map(({ urn, object }) => ({
    urn,
    object,
    kind: readText(object, "kind"),
    name: readText(object, "metadata", "name"),
  }));
  const own = named.find(({ kind, name }) => kind === planned.kind && name === planned.metadata.name);
  if (own !== undefined) {
    const { spec } = own.object as { readonly spec?: unknown };
    return { holds: equals(planned.spec, spec), from: own.urn };
  }
  const hidden = named.some(({ kind, name }) => kind === UNKNOWN || (kind === planned.kind && name === UNKNOWN));
  return { holds: hidden ? null : false, from: "pools" };
}

/** Whether two values are the same; null where a part that is not known decides. */
function equals(planned: unknown, seen: unknown): boolean | null {
  if (seen === UNKNOWN) return null;
  if (typeof planned !== "object" || planned === null || typeof seen !== "object" || seen === null)
    return planned === seen;
  const keys = new Set([...Object.keys(planned), ...Object.keys(seen)]);
  const parts = [...keys].map((key) =>
    equals((planned as Readonly<Record<string, unknown>>)[key], (seen as Readonly<Record<string, unknown>>)[key]),
  );
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}
