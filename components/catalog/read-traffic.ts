import type { TraceLengths, TrafficProfile } from "./catalog.ts";
import { type Fields, inner, numeral, words } from "./entry.ts";

/** A trace of the catalog. Throws where a figure is missing or out of order: the catalog is ours. */
export function readTraffic(id: string, fields: Fields): TrafficProfile {
  return {
    id,
    name: words(id, fields, "name"),
    burstiness: fields.burstiness === null ? null : numeral(id, fields, "burstiness", 0),
    input: lengths(id, inner(fields, "input") ?? {}),
    output: lengths(id, inner(fields, "output") ?? {}),
    source: words(id, fields, "source"),
  };
}

function lengths(id: string, fields: Fields): TraceLengths {
  const [mean, p50, p90, p99, max] = ["mean", "p50", "p90", "p99", "max"].map((key) => numeral(id, fields, key)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (!(p50 <= p90 && p90 <= p99 && p99 <= max && mean <= max)) {
    throw new Error(`catalog entry ${id}: quantiles of lengths fall`);
  }
  return { mean, p50, p90, p99, max };
}
