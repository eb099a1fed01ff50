import type { Plan } from "../../components/plan-types.ts";
import type { NodeLoad } from "../../components/power/node-loads.ts";
import { COLOURS, fillOf } from "./colours.ts";
import { type Shown, shownNodes, usedOf } from "./shown-nodes.ts";

/**
 * The one-line as a Graphviz graph: equal buildings, halls, pods and racks once, with their number; each element with
 * the most that it carries and its limit, coloured by what is left; what is out in the worst state is crossed.
 */
export function oneLineDot(plan: Plan, nodes: readonly NodeLoad[]): string {
  const shown = shownNodes(plan, nodes);
  const failed = new Set(worstOf(shown)?.state.out ?? []);
  const lines = [
    "digraph one_line {",
    '  graph [rankdir=TB, fontname="Helvetica", fontsize=11, nodesep=0.25, ranksep=0.45, bgcolor="transparent"];',
    '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=10, margin="0.09,0.05", color="#444444"];',
    '  edge [color="#666666", arrowsize=0.5];',
    ...clusters(shown, failed),
    ...edges(shown),
    "}",
  ];
  return lines.join("\n");
}

/** The element that is nearest to its limit, or beyond. */
const worstOf = (shown: readonly Shown[]): NodeLoad | undefined =>
  shown.map(({ node }) => node).sort((left, right) => usedOf(right) - usedOf(left))[0];

/** Boxes within boxes: the site, a building, a hall, a pod, a rack. */
function clusters(shown: readonly Shown[], failed: ReadonlySet<string>): readonly string[] {
  const inside = (place: readonly string[], depth: number): readonly string[] => {
    const indent = "  ".repeat(depth + 1);
    const here = shown.filter((each) => each.place.length === depth && samePlace(each.place, place));
    const below = shown.filter((each) => each.place.length > depth && samePlace(each.place.slice(0, depth), place));
    const names = [...new Set(below.map((each) => each.place[depth] as string))];
    return [
      ...here.map((each) => `${indent}${box(each, failed.has(each.node.id))}`),
      ...names.flatMap((name) => {
        const label = below.find((each) => each.place[depth] === name)?.labels[depth] ?? name;
        return [
          `${indent}subgraph ${quoted(`cluster_${[...place, name].join(".")}`)} {`,
          `${indent}  label=${quoted(label)}; labeljust=l; style="rounded"; color="#bbbbbb"; fontcolor="#555555";`,
          ...inside([...place, name], depth + 1),
          `${indent}}`,
        ];
      }),
    ];
  };
  return inside([], 0);
}

const samePlace = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((part, index) => part === right[index]);

function box({ node, name, alike }: Shown, failed: boolean): string {
  const { id, kind, usable, worst, complete } = node;
  const load = `${complete ? "" : "≥ "}${rounded(worst)}`;
  const limit = usable === "none" ? "" : ` of ${usable === null ? "unknown" : rounded(usable)}`;
  const count = alike > 1 ? ` × ${alike.toLocaleString("en-US")}` : "";
  const text = [`${name}${count}${failed ? "  ✕" : ""}`, `${load}${limit}`];
  const shape =
    kind === "rack"
      ? ", shape=box3d"
      : kind === "genset" || kind === "utility" || kind === "supply"
        ? ", shape=ellipse"
        : "";
  const border = failed ? `, color=${quoted(COLOURS.failed)}, penwidth=3` : "";
  return `${quoted(id)} [label=${quoted(text.join("\n"))}, fillcolor=${quoted(fillOf(node))}${shape}${border}, tooltip=${quoted(tip(node))}];`;
}

/** Three digits are enough for the eye; a load is not rounded down. */
function rounded(watts: number): string {
  const [unit, scale] = watts >= 1e6 ? ["MW", 1e6] : ["kW", 1e3];
  const digits = watts / scale >= 100 ? 0 : watts / scale >= 10 ? 1 : 2;
  return `${(Math.ceil((watts / scale) * 10 ** digits - 1e-6) / 10 ** digits).toLocaleString("en-US")} ${unit}`;
}

const tip = ({ id, state }: NodeLoad): string =>
  state.out.length === 0 ? `${id}: most with nothing out` : `${id}: most with ${state.out.slice(0, 3).join(", ")} out`;

/** Reserves are dashed; an edge to what is not shown is left out. */
function edges(shown: readonly Shown[]): readonly string[] {
  const there = new Set(shown.map(({ node }) => node.id));
  return shown.flatMap(({ node: { id, feeds, reserves } }) => [
    ...feeds.filter((feed) => there.has(feed)).map((feed) => `  ${quoted(feed)} -> ${quoted(id)};`),
    ...reserves
      .filter((reserve) => there.has(reserve))
      .map((reserve) => `  ${quoted(reserve)} -> ${quoted(id)} [style=dashed, constraint=true];`),
  ]);
}

/** A quoted string of Graphviz: quotes, backslashes and line ends escaped. */
const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
