import type { Fault } from "../fault.ts";
import { namesAt } from "./names.ts";

const TAKEN = [
  { ending: "-api", by: "address" },
  { ending: "-picker", by: "picker" },
];

/** The address of endpoint x is x-api, and a group of pods called x-api has one of that name for itself; so has its picker. */
export function endpointNameFaults(root: unknown): readonly Fault[] {
  const { names } = namesAt(root, "serving.endpoints[].id");
  const ids = new Set(names.map(({ id }) => id));
  return TAKEN.flatMap(({ ending, by }) =>
    names
      .filter(({ id }) => id.endsWith(ending) && ids.has(id.slice(0, -ending.length)))
      .map(({ id, path }) => ({
        path,
        problem: `name is the ${by} of another endpoint`,
        got: id,
        allowed: `not the name of an endpoint with ${ending} behind it`,
        fix: "rename it",
      })),
  );
}
