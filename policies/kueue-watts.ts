import { wattsIn } from "../components/power/kueue-configuration.ts";
import { flattened, type RegisteredObject, read, readText, UNKNOWN } from "./registered.ts";

const FILE = "controller_manager_config.yaml";

/** Watts that a GPU counts for by the registered configuration of Kueue, with where that stands. */
export interface CountedWatts {
  /** Null where it is not known, or no configuration is registered. */
  readonly watts: number | null;
  readonly from: string;
}

/** The least that any registered configuration says; one that counts no watts counts none. */
export function countedWatts(objects: readonly RegisteredObject[]): CountedWatts {
  const said = flattened(objects)
    .filter(({ object }) => mayConfigure(object))
    .map(({ urn, object }): CountedWatts => {
      const text = readText(object, "data", FILE);
      return { watts: typeof text === "string" ? wattsIn(text) : null, from: urn };
    });
  const [first = { watts: null, from: "pools" }, ...others] = said;
  return others.reduce(
    (least, each) => (least.watts === null || (each.watts !== null && least.watts <= each.watts) ? least : each),
    first,
  );
}

function mayConfigure(object: unknown): boolean {
  const kind = readText(object, "kind");
  const data = read(object, "data", FILE);
  return kind === UNKNOWN || (kind === "ConfigMap" && (!data.known || data.value !== undefined));
}
