import type { Medium } from "../../catalog/catalog.ts";
import { cableLength, type HallPlan, placeOfDevice, podOf } from "./hall.ts";
import { mediumFor } from "./media.ts";
import { type FabricSize, managerPorts } from "./size.ts";
import type { Layer } from "./wiring.ts";

/** Equal cables. */
export interface BillLine {
  readonly layer: Layer;
  readonly gbps: number;
  /** Null where no hall says how far it is. */
  readonly lengthM: number | null;
  readonly medium: Medium | "out-of-reach" | null;
  readonly count: number;
}

interface Run {
  readonly layer: Layer;
  readonly lengthM: number | null;
  readonly count: number;
}

/**
 * Bill of the cables, by length, without listing one: cables with the same racks at both ends are as long as each
 * other, so racks, units and pods are counted. The cost is that of the racks and leaves, not of the cables.
 */
export function billOf(size: FabricSize, hall: HallPlan | null, media: readonly Medium[]): readonly BillLine[] {
  const counts = new Map<string, Run>();
  for (const run of hall === null ? unplaced(size) : placed(size, hall)) {
    const key = `${run.layer} ${run.lengthM}`;
    counts.set(key, { ...run, count: run.count + (counts.get(key)?.count ?? 0) });
  }
  const { linkGbps, uplinkGbps } = size.demand;
  return [...counts.values()]
    .filter(({ count }) => count > 0)
    .sort((left, right) => LAYERS.indexOf(left.layer) - LAYERS.indexOf(right.layer) || byLength(left, right))
    .map((run) => {
      const gbps = run.layer === "node-leaf" ? linkGbps : uplinkGbps;
      return { ...run, gbps, medium: run.lengthM === null ? null : mediumFor(media, run.layer, gbps, run.lengthM) };
    });
}

const LAYERS: readonly Layer[] = ["node-leaf", "leaf-spine", "spine-core"];
const byLength = (left: Run, right: Run): number => (left.lengthM ?? 0) - (right.lengthM ?? 0);

const unplaced = (size: FabricSize): readonly Run[] => [
  { layer: "node-leaf", lengthM: null, count: size.nodeLeafCables },
  { layer: "leaf-spine", lengthM: null, count: size.leafSpineCables },
  { layer: "spine-core", lengthM: null, count: size.spineCoreCables },
];

function* placed(size: FabricSize, hall: HallPlan): Generator<Run> {
  yield* nodeRuns(size, hall);
  if (size.tiers.tiers > 1) yield* leafRuns(size, hall);
  yield* spineRuns(size, hall);
}

/** All leaves of a unit stand in one place, so that the nodes of a rack and a unit share their length. */
function* nodeRuns(size: FabricSize, hall: HallPlan): Generator<Run> {
  const { nodes, rails, planes, leaf, ufm } = size.demand;
  const between = (from: Parameters<typeof placeOfDevice>[0], unit: number) =>
    cableLength(
      placeOfDevice(from, size, hall),
      placeOfDevice({ kind: "leaf", plane: 0, unit, leaf: 0 }, size, hall),
      hall,
    );
  for (let index = 0; index < nodes; ) {
    const unit = Math.floor(index / leaf.nodes);
    const rack = Math.floor(index / hall.nodesPerRack);
    const next = Math.min(nodes, (unit + 1) * leaf.nodes, (rack + 1) * hall.nodesPerRack);
    yield {
      layer: "node-leaf",
      lengthM: between({ kind: "node", index }, unit),
      count: (next - index) * rails * planes,
    };
    index = next;
  }
  if (ufm) {
    const count = managerPorts(size.demand) * planes;
    yield { layer: "node-leaf", lengthM: between({ kind: "manager" }, size.units - 1), count };
  }
}

function* leafRuns(size: FabricSize, hall: HallPlan): Generator<Run> {
  const { planes, leaf: plan } = size.demand;
  for (let unit = 0; unit < size.units; unit++) {
    for (let leaf = 0; leaf < size.leavesPerUnit; leaf++) {
      const rail = plan.spines === "of-each-rail" ? leaf : null;
      const from = placeOfDevice({ kind: "leaf", plane: 0, unit, leaf }, size, hall);
      const pod = podOf(size, { unit, leaf });
      const to = placeOfDevice({ kind: "spine", plane: 0, rail, pod, index: 0 }, size, hall);
      yield { layer: "leaf-spine", lengthM: cableLength(from, to, hall), count: plan.up * planes };
    }
  }
}

function* spineRuns(size: FabricSize, hall: HallPlan): Generator<Run> {
  if (size.tiers.core === null) return;
  const rail = size.demand.leaf.spines === "of-each-rail" ? 0 : null;
  const to = placeOfDevice({ kind: "core", plane: 0, rail, group: 0, index: 0 }, size, hall);
  for (const [pod, { spines, uplinks }] of size.tiers.pods.entries()) {
    const from = placeOfDevice({ kind: "spine", plane: 0, rail, pod, index: 0 }, size, hall);
    yield { layer: "spine-core", lengthM: cableLength(from, to, hall), count: spines * uplinks * size.domains };
  }
}
