import { childrenOf, type OneLine, type OneLineNode } from "./graph.ts";
import { type Change, outages } from "./outage.ts";

/** Why nodes are out together. */
type Cause =
  | { readonly kind: "single" }
  | { readonly kind: "maintenance"; readonly maintained: number; readonly lost: number }
  | { readonly kind: "stated"; readonly why: string };

/** A state of the one-line: what is out, and why. */
export interface State {
  readonly out: readonly number[];
  readonly cause: Cause;
}

const SINGLE: Cause = { kind: "single" };

/** Outages of several nodes that the blueprint asks for. */
export interface StatedOutage {
  readonly nodes: readonly number[];
  readonly why: string;
}

/**
 * Every state that is to be carried: each single outage of a node that can fail; each maintenance of an element that
 * claims to be maintainable with each other outage that meets it; the outages that the blueprint states. A pair whose
 * two outages touch no node in common comes to what each comes to alone, and is left out for that.
 */
export function statesOf(line: OneLine, stated: readonly StatedOutage[]): readonly State[] {
  return [
    ...singles(line),
    ...maintenance(line),
    ...stated.map(({ nodes, why }): State => ({ out: nodes, cause: { kind: "stated", why } })),
  ];
}

const singles = (line: OneLine): readonly State[] =>
  line.nodes.flatMap(({ element }, node) =>
    element.canFail ? [{ out: element.allNeeded ? togetherWith(line, node) : [node], cause: SINGLE }] : [],
  );

/** A node of a level of which all are needed, with those that feed the same rack or element as it does. */
function togetherWith(line: OneLine, node: number): readonly number[] {
  const { element } = line.nodes[node] as OneLineNode;
  const needing = [...childrenOf(line, node)].map((child) => line.nodes[child] as OneLineNode);
  const together = needing
    .filter(({ load, element: { kind } }) => kind === "rack" || (load === 0 && kind !== "other-it"))
    .flatMap(({ feeds }) => feeds.filter((feed) => line.nodes[feed]?.element === element));
  return [...new Set([node, ...together])];
}

/** What a single outage touches: nodes that it leaves dark or whose load it changes. */
const touchedBy = ({ dead, changed }: Change): readonly number[] => [...dead, ...changed];

/** Any load shows which outages meet: a megawatt each, also where it is not known or not there yet. */
const anyLoad = (line: OneLine): Float64Array => Float64Array.from(line.nodes, ({ load }) => (load === 0 ? 0 : 1e6));

function maintenance(line: OneLine): readonly State[] {
  const maintained = line.nodes.flatMap(({ element }, node) => (element.maintainable ? [node] : []));
  if (maintained.length === 0) return [];
  const after = outages(line, anyLoad(line));
  const touched = new Map(maintained.map((node) => [node, new Set(touchedBy(after([node])))]));
  const meeting = outagesAt(line, after, new Set([...touched.values()].flatMap((nodes) => [...nodes])));
  return maintained.flatMap((node) => {
    const others = new Set([...(touched.get(node) ?? [])].flatMap((each) => meeting.get(each) ?? []));
    others.delete(node);
    return [...others]
      .sort((left, right) => left - right)
      .map((lost): State => ({ out: [node, lost], cause: { kind: "maintenance", maintained: node, lost } }));
  });
}

/** For each of these nodes, the single outages that touch it. */
function outagesAt(
  line: OneLine,
  after: (out: readonly number[]) => Change,
  nodes: ReadonlySet<number>,
): ReadonlyMap<number, readonly number[]> {
  const at = new Map<number, number[]>([...nodes].map((node) => [node, []]));
  line.nodes.forEach(({ element }, lost) => {
    if (!element.canFail) return;
    for (const node of touchedBy(after([lost]))) at.get(node)?.push(lost);
  });
  return at;
}
