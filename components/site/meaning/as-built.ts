import type { Fault } from "../fault.ts";
import { didYouMean } from "../nearest.ts";
import { select, selectTexts } from "../select.ts";
import { racksOfSite } from "./rack-names.ts";
import { type Voltages, voltageFaults, voltagesAt } from "./voltages.ts";

/** A node of the as-built one-line as far as it can be read. */
interface NodeRead extends Voltages {
  readonly kind: string;
  /** Feeds and reserves, with their paths. */
  readonly upstream: readonly { readonly id: string; readonly path: string }[];
}

const MAX_FAULTS = 100;
/** What needs no feed: where power comes from. */
const SOURCES = ["utility", "genset"];

/** A one-line that is written out is whole: every name is there, no circle, nothing fed twice or not at all, one voltage. */
export function asBuiltFaults(root: unknown): readonly Fault[] {
  const list = select(root, "power.asBuilt[]").found;
  if (list.length === 0) return [];
  const nodes = list.flatMap(({ value, path }) => readNode(value, path));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return [
    ...eitherOr(root),
    ...nodes.flatMap((node) => [
      ...feedFaults(node, byId),
      ...voltageFaults(
        node,
        node.upstream.flatMap(({ id }) => byId.get(id) ?? []),
      ),
    ]),
    ...circles(nodes, byId),
    ...rackFaults(root, nodes),
  ].slice(0, MAX_FAULTS);
}

function readNode(value: unknown, path: string): readonly NodeRead[] {
  const at = (key: string) => select(value, key).found[0]?.value;
  const id = at("id");
  const kind = at("kind");
  if (typeof id !== "string" || typeof kind !== "string") return [];
  const texts = (key: string) =>
    selectTexts(value, `${key}[]`).found.map((found) => ({ id: found.value, path: `${path}.${found.path}` }));
  return [
    {
      id,
      kind,
      path,
      upstream: [...texts("feeds"), ...texts("reserves")],
      ...voltagesAt(value),
    },
  ];
}

const eitherOr = (root: unknown): readonly Fault[] =>
  select(root, "power.distribution[]")
    .found.slice(0, 1)
    .map(({ path }) => ({
      path,
      problem: "one-line stated twice",
      got: "levels and an as-built list",
      allowed: "one of the two",
      fix: "write `distribution: []` where asBuilt holds the one-line",
    }));

function feedFaults(node: NodeRead, byId: ReadonlyMap<string, NodeRead>): readonly Fault[] {
  const unknown = node.upstream
    .filter(({ id }) => !byId.has(id))
    .map(({ id, path }) => ({
      path,
      problem: "unknown node",
      got: id,
      allowed: "a node of power.asBuilt",
      fix: didYouMean(id, [...byId.keys()], "add the node, or mend the name"),
    }));
  const doubled = node.upstream
    .filter(({ id }, index) => node.upstream.findIndex((each) => each.id === id) < index)
    .map(({ id, path }) => ({
      path,
      problem: "fed twice by one node",
      got: id,
      allowed: "each feed once",
      fix: "name the other side, or take one out",
    }));
  const unfed =
    node.upstream.length === 0 && !SOURCES.includes(node.kind)
      ? [
          {
            path: `${node.path}.feeds`,
            problem: "nothing feeds it",
            got: `${node.id}, a ${node.kind}`,
            allowed: "at least one feed; only a utility and a genset need none",
            fix: "name what feeds it",
          },
        ]
      : [];
  return [...unknown, ...doubled, ...unfed];
}

/** Nodes that are left when those fed from the sources are taken away in turn; the first of them is told. */
function circles(nodes: readonly NodeRead[], byId: ReadonlyMap<string, NodeRead>): readonly Fault[] {
  const waiting = new Map(nodes.map((node) => [node, node.upstream.filter(({ id }) => byId.has(id)).length]));
  const below = Map.groupBy(
    nodes.flatMap((node) => node.upstream.map(({ id }) => ({ id, node }))),
    ({ id }) => id,
  );
  const done = nodes.filter((node) => waiting.get(node) === 0);
  for (const { id } of done) {
    for (const { node } of below.get(id) ?? []) {
      const left = (waiting.get(node) ?? 0) - 1;
      waiting.set(node, left);
      if (left === 0) done.push(node);
    }
  }
  const reached = new Set(done);
  return nodes
    .filter((node) => !reached.has(node))
    .slice(0, 1)
    .map((node) => ({
      path: `${node.path}.feeds`,
      problem: "nodes feed each other in a circle",
      got: node.id,
      allowed: "power flows from the sources to the racks",
      fix: "take out one of the feeds of the circle",
    }));
}

function rackFaults(root: unknown, nodes: readonly NodeRead[]): readonly Fault[] {
  const racks = racksOfSite(root);
  if (racks === null) return [];
  const stated = nodes.filter(({ kind }) => kind === "rack");
  const there = new Set(stated.map(({ id }) => id));
  const strange = stated
    .filter(({ id }) => !racks.has(id))
    .map(({ id, path }) => ({
      path: `${path}.id`,
      problem: "unknown rack",
      got: id,
      allowed: `one of the ${racks.size} racks, as b1.h1.p1.r1`,
      fix: didYouMean(id, racks.size <= 2_000 ? [...racks] : [], "name it by building, hall, pod and rack"),
    }));
  const missing = [...racks].filter((id) => !there.has(id));
  const unfed = {
    path: "power.asBuilt",
    problem: "racks that nothing feeds",
    got: `${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}`,
    allowed: "each rack of the site as a node",
    fix: "add them as nodes of kind rack, with their feeds",
  };
  return [...strange, ...(missing.length > 0 ? [unfed] : [])];
}
