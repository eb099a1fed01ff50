import { isOutput } from "../components/aws/resource.ts";
import { objectsOf, resourcesOf } from "../components/objects.ts";
import type { Opened } from "../components/open.ts";
import { type RegisteredObject, type RegisteredResource, UNKNOWN } from "./registered.ts";

/** What the plan registers, before any program has run. */
export const plannedObjects = ({ plan, catalog }: Pick<Opened, "plan" | "catalog">): readonly RegisteredObject[] =>
  objectsOf(plan, catalog).map(({ name, object }) => ({ urn: `plan:${name}`, object }));

/** The same of a cloud: what another resource will tell is not known yet, as in a preview. */
export const plannedResources = ({ plan, catalog }: Pick<Opened, "plan" | "catalog">): readonly RegisteredResource[] =>
  resourcesOf(plan, catalog).map(({ name, type, inputs }) => ({
    urn: `plan:${name}`,
    type,
    inputs: previewed(inputs),
  }));

function previewed(value: unknown): unknown {
  if (isOutput(value)) return UNKNOWN;
  if (Array.isArray(value)) return value.map(previewed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, previewed(item)]));
}
