import { flattened, type RegisteredObject, readText } from "./registered.ts";

/**
 * Claim templates that the driver makes for the registered ComputeDomains, as "namespace/name": a claim of one is a
 * channel into an NVLink domain, and holds no GPU. A template that somebody registers himself may claim anything.
 */
export function channelTemplatesOf(objects: readonly RegisteredObject[]): ReadonlySet<string> {
  const all = flattened(objects).map(({ object }) => object);
  const named = (kind: string, ...path: readonly string[]) =>
    all
      .filter((object) => readText(object, "kind") === kind)
      .map((object) => placed(object, readText(object, ...path)))
      .filter((place) => place !== null);
  const own = new Set(named("ResourceClaimTemplate", "metadata", "name"));
  return new Set(
    named("ComputeDomain", "spec", "channel", "resourceClaimTemplate", "name").filter((place) => !own.has(place)),
  );
}

function placed(object: unknown, name: ReturnType<typeof readText>): string | null {
  const namespace = readText(object, "metadata", "namespace") ?? "default";
  return typeof name === "string" && typeof namespace === "string" ? `${namespace}/${name}` : null;
}
