import { feedsNobody, sharers } from "./flow.ts";
import { childrenOf, type Element, type OneLine } from "./graph.ts";
import type { Change } from "./outage.ts";

/** How long a node is without power before it has it again: seconds at least, and the paths of times not known. */
export interface Gap {
  readonly seconds: number;
  readonly missing: readonly string[];
}

/** A node with stored energy that has to bridge a gap, and how long it does at its load; null where that is not known. */
export interface Bridging {
  readonly node: number;
  readonly gap: Gap;
  readonly rides: number | null;
}

export interface Interruption {
  /** Nodes that live but are without power for a while. */
  readonly gaps: ReadonlyMap<number, Gap>;
  readonly bridging: readonly Bridging[];
}

const NO_GAP: Gap = { seconds: 0, missing: [] };
const NONE: Interruption = { gaps: new Map(), bridging: [] };
const isGap = ({ seconds, missing }: Gap): boolean => seconds > 0 || missing.length > 0;
/** Whether stored energy carries over a gap for sure. */
export const bridges = ({ gap, rides }: Bridging): boolean =>
  rides !== null && gap.missing.length === 0 && rides >= gap.seconds;

/**
 * Who is without power until a reserve has taken over. A node with a feed that never lost power has it throughout;
 * one on its reserve waits for the transfer and for the reserve's start; stored energy covers what it can at the load
 * of the state: rated ride-through × rating ÷ load.
 */
export function interruption(line: OneLine, change: Change): Interruption {
  if (change.onReserve.length === 0) return NONE;
  const walk: Walk = { line, change, gaps: new Map(), bridging: [] };
  const queue = new Set(change.onReserve);
  for (const node of queue) {
    if (!isGap(gapAt(walk, node))) continue;
    for (const child of childrenOf(line, node)) {
      if (!change.isDead(child)) queue.add(child);
    }
  }
  return { gaps: new Map([...walk.gaps].filter(([, gap]) => isGap(gap))), bridging: walk.bridging };
}

/** One state, with the gaps found so far. */
interface Walk {
  readonly line: OneLine;
  readonly change: Change;
  readonly gaps: Map<number, Gap>;
  readonly bridging: Bridging[];
}

function gapAt(walk: Walk, node: number): Gap {
  const known = walk.gaps.get(node);
  if (known !== undefined) return known;
  const element = walk.line.nodes[node]?.element as Element;
  const gap = afterRide(walk, node, element, inputGap(walk, node, element));
  walk.gaps.set(node, gap);
  return gap;
}

function inputGap(walk: Walk, node: number, element: Element): Gap {
  const { line, change } = walk;
  const now = sharers(line, node, change.flags);
  if (feedsNobody(now)) return element.kind === "genset" ? timeOf(element, "start") : NO_GAP;
  if (now.edges === line.reserves) {
    return plus(timeOf(element, "transfer"), gapAt(walk, now.edges.list[now.from] as number));
  }
  let least: Gap | null = null;
  for (let edge = now.from; edge < now.until; edge++) {
    const feed = now.edges.list[edge] as number;
    if (change.isDead(feed)) continue;
    const gap = gapAt(walk, feed);
    if (!isGap(gap)) return NO_GAP;
    least = least === null ? gap : shorter(least, gap);
  }
  return least ?? NO_GAP;
}

/** A time of an element; what the blueprint does not state is not known. */
function timeOf(element: Element, key: "transfer" | "start"): Gap {
  const seconds = element[key];
  return seconds === undefined || seconds === null
    ? { seconds: 0, missing: [`${element.at}.${key}`] }
    : { seconds, missing: [] };
}

const plus = (left: Gap, right: Gap): Gap => ({
  seconds: left.seconds + right.seconds,
  missing: [...left.missing, ...right.missing],
});

const shorter = (left: Gap, right: Gap): Gap => ({
  seconds: Math.min(left.seconds, right.seconds),
  missing: [...new Set([...left.missing, ...right.missing])],
});

/** What is left of a gap behind stored energy. */
function afterRide(walk: Walk, node: number, element: Element, gap: Gap): Gap {
  const carried = walk.change.carried(node);
  const open = walk.line.open[node] === 1;
  if (!isGap(gap) || element.rideThrough === undefined || (carried === 0 && !open)) return gap;
  const bridging: Bridging = { node, gap, rides: open ? null : rideAt(element, carried) };
  walk.bridging.push(bridging);
  if (bridges(bridging)) return NO_GAP;
  if (bridging.rides === null) return { seconds: 0, missing: [...gap.missing, `${element.at}.rideThrough`] };
  return { seconds: Math.max(0, gap.seconds - bridging.rides), missing: gap.missing };
}

/** Stored energy is in proportion to rating × time; a battery holds a smaller load for no less than that. */
function rideAt({ rated, rideThrough }: Element, carried: number): number | null {
  if (rated === null || !Number.isFinite(rated) || rideThrough === undefined || rideThrough === null) return null;
  return (rideThrough * rated) / carried;
}
