import type { OneLine, OneLineNode } from "../power/one-line/graph.ts";
import { outages } from "../power/one-line/outage.ts";
import type { State } from "../power/one-line/states.ts";
import type { OutageState } from "../power/power-types.ts";
import type { StudiedSteps } from "../power/steps.ts";

/** A state of the cooling: what of it is out, what took it out, and which racks are without power in it. */
export interface CoolingState {
  readonly out: readonly number[];
  readonly shown: Omit<OutageState, "quarter">;
  readonly darkRacks: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** Each single outage of an element of the cooling, then each outage of the electrical one-line that takes one with it. */
export const coolingStates = (circuit: OneLine, electrical: StudiedSteps | null): readonly CoolingState[] => [
  ...circuit.nodes.flatMap(({ id, element }, node): CoolingState[] =>
    element.canFail ? [{ out: [node], shown: { out: [id], cause: "single", why: null }, darkRacks: NONE }] : [],
  ),
  ...(electrical === null ? [] : electricalStates(circuit, electrical)),
];

/** An element of the cooling whose feeds are out is out with them. */
function electricalStates(circuit: OneLine, { line, states }: StudiedSteps): readonly CoolingState[] {
  const cooling = new Map(circuit.nodes.map(({ id }, node) => [id, node]));
  const upstream = upstreamOf(line, ({ id }) => cooling.has(id));
  const after = outages(line, new Float64Array(line.count));
  return states.flatMap((state) => {
    if (!state.out.some((node) => upstream[node] === 1)) return [];
    const dead = after(state.out).dead.map((node) => line.nodes[node] as OneLineNode);
    const out = dead.flatMap(({ id }) => cooling.get(id) ?? []);
    if (out.length === 0) return [];
    const darkRacks = new Set(dead.flatMap(({ id, element }) => (element.kind === "rack" ? [id] : [])));
    return [{ out, shown: shownOf(state, line), darkRacks }];
  });
}

const shownOf = ({ out, cause }: State, line: OneLine): CoolingState["shown"] => ({
  out: out.map((node) => (line.nodes[node] as OneLineNode).id),
  cause: cause.kind,
  why: cause.kind === "stated" ? cause.why : null,
});

/** 1 for every node that some consumer hangs on: the outages of all others leave the cooling as it is. */
function upstreamOf(line: OneLine, isConsumer: (node: OneLineNode) => boolean): Uint8Array {
  const marked = Uint8Array.from(line.nodes, (node) => (isConsumer(node) ? 1 : 0));
  for (let node = line.count - 1; node >= 0; node--) {
    if (marked[node] === 0) continue;
    const { feeds, reserves } = line.nodes[node] as OneLineNode;
    for (const above of feeds) marked[above] = 1;
    for (const above of reserves) marked[above] = 1;
  }
  return marked;
}
