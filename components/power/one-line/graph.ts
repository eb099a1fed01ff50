import type { CoolingKind } from "../../cooling/schema.ts";
import type { Seconds, Volts, Watts } from "../../quantity.ts";
import type { NodeKind } from "../schema.ts";

/** What equal nodes have in common: an element of a level, a kind of load. */
export interface Element {
  readonly kind: NodeKind | CoolingKind;
  /** Name of the level: "rpp". */
  readonly level: string;
  /** Rating; null where it is not known, Infinity where nothing limits it. */
  readonly rated: number | null;
  /** Rating × derating, rounded down to a whole watt. */
  readonly usable: number | null;
  /** Power in over power out; null where the efficiency is not known, 1 where losses are only in PUE. */
  readonly gain: number | null;
  /** Times; null where the blueprint states one that is not known, undefined where the element has none. */
  readonly transfer?: Seconds | null;
  readonly rideThrough?: Seconds | null;
  readonly start?: Seconds | null;
  readonly stepLoad?: number | null;
  readonly fuel?: Seconds | null;
  /** Voltages in V, on the side of the supply and of the load. */
  readonly primary?: Volts | null;
  readonly voltage?: Volts | null;
  readonly maintainable: boolean;
  /** True where all elements that feed a node together are needed (scheme N): one out takes the others with it. */
  readonly allNeeded: boolean;
  /** False for what is not lost as a whole: the supply, whose outages the ledger counts. */
  readonly canFail: boolean;
  /** Blueprint path. */
  readonly at: string;
  /** Where the load of one is stated: a blueprint path or a catalog fact. */
  readonly loadFrom?: string;
  /** Where the gain is stated, if not as an efficiency. */
  readonly gainFrom?: string;
}

/** A node, by the places of its neighbours in the list that it stands in. */
export interface OneLineNode {
  readonly id: string;
  readonly element: Element;
  /** Building that it stands in, or "site". */
  readonly building: string;
  /** Phase that it comes with; null for what the whole site shares. */
  readonly phase: string | null;
  /** Its own draw in W: a rack's TDP; 0 for what only passes power on; null where it is not known. */
  readonly load: number | null;
  /** Diversity that the load below is counted with: what one rack alone hangs on carries it without. */
  readonly diversity: number;
  /** What it draws at the design point that PUE is stated for, where that is less. */
  readonly designLoad?: number | null;
  /** Nodes that share its load in equal parts while they live. A node with neither feeds nor reserves is a source. */
  readonly feeds: readonly number[];
  /** Nodes that take the whole load, the first that lives, once no feed lives: a catcher, a genset. */
  readonly reserves: readonly number[];
}

/** Edges of all nodes in one list: those of node i are list[start[i]] to list[start[i + 1] − 1]. */
export interface Edges {
  readonly start: Int32Array;
  readonly list: Int32Array;
}

/** The one-line as arrays, nodes numbered from the sources down: what feeds a node has a smaller number. */
export interface OneLine {
  readonly count: number;
  readonly nodes: readonly OneLineNode[];
  readonly feeds: Edges;
  readonly reserves: Edges;
  /** Nodes that name it as a feed or a reserve. */
  readonly fedBy: Edges;
  /** Power in over power out; 1 where it is not known. */
  readonly gain: Float64Array;
  /** 1 where a load or an efficiency that is not known lies at or below a node: what it carries is then a floor. */
  readonly open: Uint8Array;
}

/** Numbers the nodes from the sources down. Throws where they close a cycle: a blueprint with one is refused before. */
export function oneLine(given: readonly OneLineNode[]): OneLine {
  const order = fromSources(given);
  if (order.length < given.length) throw new Error("the one-line has a cycle");
  const place = new Int32Array(given.length);
  order.forEach((index, at) => {
    place[index] = at;
  });
  const placed = (indices: readonly number[]) => indices.map((index) => place[index] as number);
  const nodes = order.map((index) => {
    const node = given[index] as OneLineNode;
    return { ...node, feeds: placed(node.feeds), reserves: placed(node.reserves) };
  });
  return {
    count: nodes.length,
    nodes,
    feeds: edges(nodes.map((node) => node.feeds)),
    reserves: edges(nodes.map((node) => node.reserves)),
    fedBy: edges(downstream(nodes)),
    gain: Float64Array.from(nodes, ({ element }) => element.gain ?? 1),
    open: openNodes(nodes),
  };
}

function openNodes(nodes: readonly OneLineNode[]): Uint8Array {
  const open = Uint8Array.from(nodes, ({ load }) => (load === null ? 1 : 0));
  for (let index = nodes.length - 1; index >= 0; index--) {
    const { feeds, reserves, element } = nodes[index] as OneLineNode;
    if (open[index] === 0 && element.gain !== null) continue;
    for (const above of feeds) open[above] = 1;
    for (const above of reserves) open[above] = 1;
  }
  return open;
}

interface Upstream {
  readonly feeds: readonly number[];
  readonly reserves: readonly number[];
}

/** The order from the sources down (Kahn); shorter than the list where a cycle keeps nodes out of it. */
function fromSources(nodes: readonly Upstream[]): readonly number[] {
  const waiting = nodes.map((node) => node.feeds.length + node.reserves.length);
  const below = downstream(nodes);
  const order = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let next = 0; next < order.length; next++) {
    for (const child of below[order[next] as number] ?? []) {
      waiting[child] = (waiting[child] ?? 0) - 1;
      if (waiting[child] === 0) order.push(child);
    }
  }
  return order;
}

function downstream(nodes: readonly Upstream[]): readonly number[][] {
  const below: number[][] = nodes.map(() => []);
  nodes.forEach(({ feeds, reserves }, index) => {
    for (const feed of feeds) below[feed]?.push(index);
    for (const reserve of reserves) below[reserve]?.push(index);
  });
  return below;
}

function edges(of: readonly (readonly number[])[]): Edges {
  const start = new Int32Array(of.length + 1);
  of.forEach((list, index) => {
    start[index + 1] = (start[index] ?? 0) + list.length;
  });
  return { start, list: Int32Array.from(of.flat()) };
}

/** Where the loads and efficiencies are stated that are not known below a node. */
export function unknownBelow(line: OneLine, top: number): readonly string[] {
  const paths = new Set<string>();
  const seen = new Set([top]);
  for (const node of seen) {
    const { load, element } = line.nodes[node] as OneLineNode;
    if (load === null) paths.add(element.loadFrom ?? element.at);
    if (element.gain === null && node !== top) paths.add(element.gainFrom ?? `${element.at}.efficiency`);
    for (const child of childrenOf(line, node)) seen.add(child);
  }
  return [...paths];
}

export const childrenOf = ({ fedBy }: OneLine, node: number): Int32Array =>
  fedBy.list.subarray(fedBy.start[node], fedBy.start[node + 1]);

/** Binary noise of sums that move is no change, in W. */
export const NOISE_WATTS = 1e-3;

/** Watts of a node, rounded up to a whole one: a load is never rounded away; the slack absorbs binary noise. */
export const wholeWatts = (value: number): Watts => Math.max(0, Math.ceil(value - NOISE_WATTS)) as Watts;
