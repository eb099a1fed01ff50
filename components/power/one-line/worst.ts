import type { Total } from "../../total.ts";
import { type OneLine, type OneLineNode, unknownBelow, wholeWatts } from "./graph.ts";

/** The node that is nearest to its limit, or beyond, and the step it is in; null where nothing limits any of them. */
export function worstNode<Step>(
  nodes: readonly number[],
  line: OneLine,
  steps: readonly Step[],
  mostAt: (step: Step, node: number) => number,
): { readonly node: number; readonly step: Step } | null {
  let found: { node: number; step: Step; rank: number } | null = null;
  for (const step of steps) {
    for (const node of nodes) {
      const { usable } = (line.nodes[node] as OneLineNode).element;
      if (usable === Number.POSITIVE_INFINITY) continue;
      const rank = rankOf(mostAt(step, node), usable, line.open[node] === 1);
      if (found === null || rank > found.rank + 1e-12) found = { node, step, rank };
    }
  }
  return found;
}

/** Beyond the limit first, then what is not known, then what is nearest to the limit. */
function rankOf(carried: number, usable: number | null, open: boolean): number {
  if (usable === null) return UNKNOWN_RANK + Math.min(1, carried / 1e15);
  const ratio = carried / usable;
  if (wholeWatts(carried) > usable) return VIOLATED_RANK + ratio;
  return open ? UNKNOWN_RANK + ratio : ratio;
}
const UNKNOWN_RANK = 1e3;
const VIOLATED_RANK = 1e6;

/** What a node carries, with where the loads below it are stated that are not known. */
export const totalAt = (line: OneLine, node: number, carried: number): Total => ({
  known: wholeWatts(carried),
  missing: unknownBelow(line, node),
});
