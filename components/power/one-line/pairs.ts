import type { OneLine } from "./graph.ts";

/** Load that hangs on one combination of elements of a level: AB, BC, CA. */
export interface PairLoad {
  readonly elements: readonly number[];
  readonly watts: number;
}

/**
 * Loads by the elements of one level that they hang on, the lightest first. Systems that share loads in pairs carry what
 * the scheme promises only while every pair carries the same.
 */
export function pairLoads(line: OneLine, watts: Float64Array, level: readonly number[]): readonly PairLoad[] {
  const within = new Set(level);
  const above: (readonly number[])[] = [];
  const loads = new Map<string, { elements: readonly number[]; watts: number }>();
  line.nodes.forEach(({ feeds }, node) => {
    const elements = within.has(node)
      ? [node]
      : [...new Set(feeds.flatMap((feed) => above[feed] ?? []))].sort((left, right) => left - right);
    above.push(elements);
    const load = watts[node] as number;
    if (load === 0 || elements.length < 2) return;
    const key = elements.join();
    loads.set(key, { elements, watts: (loads.get(key)?.watts ?? 0) + load });
  });
  return [...loads.values()].sort((left, right) => left.watts - right.watts);
}
