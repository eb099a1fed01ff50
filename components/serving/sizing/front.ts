/** What a configuration is weighed by, each the better the smaller. */
export type Weights = readonly number[];

export interface Weighed {
  readonly id: string;
  readonly weights: Weights;
}

/**
 * Who beats whom: by id, the first in order of weights and id among the members of the Pareto front that are nowhere
 * worse and somewhere better; null for the members themselves. The order of the input does not matter. Sorted by weights, only
 * what stands before can dominate, and whatever dominates is itself dominated by a member or is one.
 */
export function dominators(weighed: readonly Weighed[]): ReadonlyMap<string, string | null> {
  const front: Weighed[] = [];
  const by = new Map<string, string | null>();
  for (const each of [...weighed].sort(inOrder)) {
    const better = front.find(({ weights }) => dominates(weights, each.weights));
    by.set(each.id, better?.id ?? null);
    if (better === undefined) front.push(each);
  }
  return by;
}

function inOrder(left: Weighed, right: Weighed): number {
  const differs = left.weights.findIndex((weight, index) => weight !== right.weights[index]);
  if (differs >= 0) return (left.weights[differs] ?? 0) - (right.weights[differs] ?? 0);
  return left.id < right.id ? -1 : 1;
}

/** Nowhere worse, somewhere better. */
export const dominates = (one: Weights, other: Weights): boolean =>
  one.every((weight, index) => weight <= (other[index] ?? 0)) &&
  one.some((weight, index) => weight < (other[index] ?? 0));
