import type { Medium } from "../../catalog/catalog.ts";
import type { Layer } from "./wiring.ts";

/** The shortest-reaching medium that spans a cable; "out-of-reach" where none does, null where the speed has none. */
export function mediumFor(
  media: readonly Medium[],
  layer: Layer,
  gbps: number,
  lengthM: number,
): Medium | "out-of-reach" | null {
  const end = layer === "node-leaf" ? "node" : "switch";
  const offered = media.filter(({ speed, between }) => speed === gbps * 1e9 && (between === "any" || between === end));
  if (offered.length === 0) return null;
  return offered.find(({ reach }) => reach.value !== null && reach.value >= lengthM) ?? "out-of-reach";
}
