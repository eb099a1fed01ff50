import type { FabricSize } from "../../components/network/fabric/size.ts";
import { coresOf } from "../../components/network/fabric/tiers.ts";
import { showCount } from "../format/shown.ts";

/** Pods drawn one by one; of more, the first and the last, with the number between. */
const MOST_PODS = 5;

/**
 * A fabric as a Graphviz graph, grouped: a cluster for each pod, a box for its spines, its leaves and their nodes, an edge
 * with the number of cables between two of them. Of equal planes and rails one is drawn. It grows with a handful of
 * pods, never with the switches.
 */
export function fabricDot(size: FabricSize): string {
  const { tiers, demand, domains } = size;
  const part = domains === 1 ? "" : `, one of ${domains} equal parts`;
  const title = `${showCount(demand.nodes)} nodes, ${counted(demand.rails, "rail")}, ${counted(demand.planes, "plane")}${part}; cables of ${demand.linkGbps} Gb/s`;
  const drawn = podsDrawn(tiers.pods.length);
  return [
    "digraph fabric {",
    `  graph [rankdir=TB, fontname="Helvetica", fontsize=12, labelloc=t, label="${title}", nodesep=0.3, ranksep=0.6, bgcolor="transparent"];`,
    '  node [shape=box, style="filled,rounded", fontname="Helvetica", fontsize=10, color="#444444", fillcolor="#ffffff"];',
    '  edge [fontname="Helvetica", fontsize=9, color="#666666", dir=none];',
    ...coreLines(size),
    ...drawn.flatMap((pod) => podLines(size, pod)),
    ...(drawn.length < tiers.pods.length
      ? [`  more [shape=plaintext, style="", label="${tiers.pods.length - drawn.length} pods more, alike"];`]
      : []),
    "}",
  ].join("\n");
}

const podsDrawn = (pods: number): readonly number[] =>
  Array.from({ length: pods }, (_, pod) => pod).filter(
    (pod) => pods <= MOST_PODS || pod < MOST_PODS - 1 || pod === pods - 1,
  );

function coreLines({ tiers: { core } }: FabricSize): readonly string[] {
  if (core === null) return [];
  const label = `${showCount(coresOf(core))} cores\\n${core.groups} groups of ${core.coresPerGroup}`;
  return [`  core [label="${label}", fillcolor="#e3d7f4"];`];
}

function podLines(size: FabricSize, at: number): readonly string[] {
  const { tiers, demand } = size;
  const { spines = 0, leaves = 0, uplinks = 0 } = tiers.pods[at] ?? {};
  const under = unitsUnder(size, at);
  const box = (kind: string, label: string, fill: string) =>
    `    ${kind}${at} [label="${label}", fillcolor="${fill}"];`;
  const edge = (from: string, to: string, cables: number) => `    ${from} -> ${to} [label=" ${showCount(cables)}"];`;
  return [
    `  subgraph cluster_${at} {`,
    `    graph [label="${tiers.core === null ? "" : `pod ${at + 1}`}", fontsize=10, style=rounded, color="#999999"];`,
    ...(spines === 0
      ? []
      : [
          box("spines", `${showCount(spines)} spines`, "#d5e5f7"),
          edge(`spines${at}`, `leaves${at}`, leaves * demand.leaf.up),
        ]),
    box("leaves", `${showCount(leaves)} leaves`, "#d8efd9"),
    box("nodes", `${showCount(under.nodes)} nodes\\nunits ${under.first + 1} to ${under.end}`, "#f5ecd0"),
    edge(`leaves${at}`, `nodes${at}`, under.cables),
    "  }",
    ...(tiers.core === null ? [] : [edge("core", `spines${at}`, spines * uplinks)]),
  ];
}

/** Units that hang on the leaves of a pod, and the cables from their nodes into it; a unit astride two pods counts in both. */
function unitsUnder({ tiers, demand, units, leavesPerUnit }: FabricSize, at: number) {
  const { leaf, rails, nodes } = demand;
  const ownSpines = leaf.spines === "of-each-rail";
  const perUnit = ownSpines ? 1 : leavesPerUnit;
  const start = at * (tiers.pods[0]?.leaves ?? 0);
  const stop = start + (tiers.pods[at]?.leaves ?? 0);
  const first = Math.floor(start / perUnit);
  const end = Math.min(units, Math.ceil(stop / perUnit));
  const within = (unit: number) => Math.max(0, Math.min(nodes - unit * leaf.nodes, leaf.nodes));
  let cables = 0;
  for (let index = start; index < stop; index++) {
    const own = ownSpines ? 0 : index % perUnit;
    cables += within(Math.floor(index / perUnit)) * Math.min(leaf.railsPerLeaf, rails - own * leaf.railsPerLeaf);
  }
  return { first, end, nodes: Math.max(0, Math.min(nodes, end * leaf.nodes) - first * leaf.nodes), cables };
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
