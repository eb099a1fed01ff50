import type { Fault } from "../fault.ts";
import { namesAt } from "./names.ts";

const ADDRESS = "-api";

/** The address of endpoint x is x-api, and a group of pods called x-api has one of that name for itself. */
export function endpointNameFaults(root: unknown): readonly Fault[] {
  const { names } = namesAt(root, "serving.endpoints[].id");
  const ids = new Set(names.map(({ id }) => id));
  return names
    .filter(({ id }) => id.endsWith(ADDRESS) && ids.has(id.slice(0, -ADDRESS.length)))
    .map(({ id, path }) => ({
      path,
      problem: "name is the address of another endpoint",
      got: id,
      allowed: `not the name of an endpoint with ${ADDRESS} behind it`,
      fix: "rename it",
    }));
}
