import type { Device, End } from "./device.ts";
import { type FabricSize, managerPorts } from "./size.ts";
import type { Core, Tiers } from "./tiers.ts";

export type Layer = "node-leaf" | "leaf-spine" | "spine-core";

/** A cable from its lower end to its upper. */
export interface Cable {
  readonly layer: Layer;
  readonly lower: End;
  readonly upper: End;
}

/** What the other end of a port's cable is, by arithmetic; null where the fabric has no such port or no cable on it. */
export function farEnd(size: FabricSize, { device, port }: End): End | null {
  if (!Number.isSafeInteger(port) || port < 0) return null;
  switch (device.kind) {
    case "node":
    case "manager":
      return aboveNode(size, device, port);
    case "leaf":
      return fromLeaf(size, device, port);
    case "spine":
      return fromSpine(size, device, port);
    case "core":
      return belowCore(size, device, port);
  }
}

type Leaf = Extract<Device, { kind: "leaf" }>;
type Spine = Extract<Device, { kind: "spine" }>;

function aboveNode(size: FabricSize, device: Extract<Device, { kind: "node" | "manager" }>, port: number): End | null {
  const { leaf, planes, rails, nodes, ufm } = size.demand;
  const manager = device.kind === "manager";
  const index = manager ? size.units * leaf.nodes - 1 : device.index;
  const rail = Math.floor(port / planes);
  const there = manager ? ufm && rail < managerPorts(size.demand) : index >= 0 && index < nodes && rail < rails;
  if (!there) return null;
  return {
    device: {
      kind: "leaf",
      plane: port % planes,
      unit: Math.floor(index / leaf.nodes),
      leaf: Math.floor(rail / leaf.railsPerLeaf),
    },
    port: (index % leaf.nodes) * leaf.railsPerLeaf + (rail % leaf.railsPerLeaf),
  };
}

function fromLeaf(size: FabricSize, leaf: Leaf, port: number): End | null {
  const { demand, units, leavesPerUnit } = size;
  if (leaf.plane >= demand.planes || leaf.unit >= units || leaf.leaf >= leavesPerUnit) return null;
  const down = demand.leaf.nodes * demand.leaf.railsPerLeaf;
  return port < down ? belowLeaf(size, leaf, port) : aboveLeaf(size, leaf, port - down);
}

function belowLeaf(size: FabricSize, { plane, unit, leaf }: Leaf, port: number): End | null {
  const { demand } = size;
  const { railsPerLeaf, nodes } = demand.leaf;
  const slot = unit * nodes + Math.floor(port / railsPerLeaf);
  const rail = leaf * railsPerLeaf + (port % railsPerLeaf);
  const end = (device: Device, rails: number): End | null =>
    rail < rails ? { device, port: rail * demand.planes + plane } : null;
  if (slot < demand.nodes) return end({ kind: "node", index: slot }, demand.rails);
  return demand.ufm && slot === size.units * nodes - 1 ? end({ kind: "manager" }, managerPorts(demand)) : null;
}

function aboveLeaf(size: FabricSize, leaf: Leaf, uplink: number): End | null {
  const { tiers, demand } = size;
  if (tiers.tiers === 1 || uplink >= demand.leaf.up) return null;
  const { rail, index } = placeOf(size, leaf);
  const at = Math.floor(index / podLeaves(tiers));
  const each = demand.leaf.up / spinesOf(tiers, at);
  return {
    device: { kind: "spine", plane: leaf.plane, rail, pod: at, index: Math.floor(uplink / each) },
    port: (index % podLeaves(tiers)) * each + (uplink % each),
  };
}

function fromSpine(size: FabricSize, spine: Spine, port: number): End | null {
  const pod = size.tiers.pods[spine.pod];
  if (!inDomain(size, spine) || pod === undefined || spine.index >= pod.spines) return null;
  const half = Math.floor(size.demand.radix / 2);
  if (size.tiers.core !== null && port >= half) return aboveSpine(size.tiers, size.tiers.core, spine, port - half);
  const each = size.demand.leaf.up / pod.spines;
  const within = Math.floor(port / each);
  if (within >= pod.leaves) return null;
  return {
    device: leafAt(size, spine, spine.pod * podLeaves(size.tiers) + within),
    port: size.demand.leaf.nodes * size.demand.leaf.railsPerLeaf + spine.index * each + (port % each),
  };
}

function aboveSpine(tiers: Tiers, core: Core, spine: Spine, uplink: number): End | null {
  const pod = tiers.pods[spine.pod];
  if (pod === undefined || uplink >= pod.uplinks) return null;
  const each = pod.uplinks / core.coresPerGroup;
  return {
    device: {
      kind: "core",
      plane: spine.plane,
      rail: spine.rail,
      group: spine.index % core.groups,
      index: Math.floor(uplink / each),
    },
    port: spine.pod * atCore(tiers, core, 0) + Math.floor(spine.index / core.groups) * each + (uplink % each),
  };
}

function belowCore(size: FabricSize, device: Extract<Device, { kind: "core" }>, port: number): End | null {
  const { core, pods } = size.tiers;
  if (core === null || !inDomain(size, device)) return null;
  if (device.group >= core.groups || device.index >= core.coresPerGroup) return null;
  const at = Math.min(Math.floor(port / atCore(size.tiers, core, 0)), pods.length - 1);
  const pod = pods[at];
  const rest = port - at * atCore(size.tiers, core, 0);
  if (pod === undefined || rest >= atCore(size.tiers, core, at)) return null;
  const each = pod.uplinks / core.coresPerGroup;
  return {
    device: {
      kind: "spine",
      plane: device.plane,
      rail: device.rail,
      pod: at,
      index: Math.floor(rest / each) * core.groups + device.group,
    },
    port: Math.floor(size.demand.radix / 2) + device.index * each + (rest % each),
  };
}

/** Ports that a pod takes of each core. */
function atCore({ pods }: Tiers, { groups, coresPerGroup }: Core, at: number): number {
  const pod = pods[at];
  return pod === undefined ? 0 : (pod.spines / groups) * (pod.uplinks / coresPerGroup);
}

/** The leaf's fabric within its plane, and its index there. */
export function placeOf(size: FabricSize, { unit, leaf }: Pick<Leaf, "unit" | "leaf">) {
  return size.demand.leaf.spines === "of-each-rail"
    ? { rail: leaf, index: unit }
    : { rail: null, index: unit * size.leavesPerUnit + leaf };
}

const leafAt = (size: FabricSize, { plane, rail }: Pick<Spine, "plane" | "rail">, index: number): Leaf => ({
  kind: "leaf",
  plane,
  unit: rail === null ? Math.floor(index / size.leavesPerUnit) : index,
  leaf: rail === null ? index % size.leavesPerUnit : rail,
});

const inDomain = ({ demand, leavesPerUnit }: FabricSize, { plane, rail }: Pick<Spine, "plane" | "rail">): boolean =>
  plane < demand.planes &&
  (demand.leaf.spines === "of-each-rail" ? rail !== null && rail < leavesPerUnit : rail === null);

/** Leaves of every pod but the last, which may have fewer. */
const podLeaves = ({ pods, leaves }: Tiers): number => pods[0]?.leaves ?? leaves;
const spinesOf = ({ pods }: Tiers, at: number): number => pods[at]?.spines ?? 0;

/** Every cable, one at a time, from the nodes up; nothing is held. */
export function* cables(size: FabricSize): Generator<Cable> {
  for (const device of nodesOf(size)) yield* cablesAbove(size, device, "node-leaf", 0, portsOfNode(size, device));
  if (size.tiers.tiers === 1) return;
  const { nodes, railsPerLeaf, up } = size.demand.leaf;
  for (const leaf of leavesOf(size)) yield* cablesAbove(size, leaf, "leaf-spine", nodes * railsPerLeaf, up);
  const half = Math.floor(size.demand.radix / 2);
  for (const spine of size.tiers.core === null ? [] : spinesIn(size)) {
    yield* cablesAbove(size, spine, "spine-core", half, size.tiers.pods[spine.pod]?.uplinks ?? 0);
  }
}

function* cablesAbove(size: FabricSize, device: Device, layer: Layer, from: number, count: number): Generator<Cable> {
  for (let port = from; port < from + count; port++) {
    const upper = farEnd(size, { device, port });
    if (upper !== null) yield { layer, lower: { device, port }, upper };
  }
}

function* nodesOf({ demand }: FabricSize): Generator<Extract<Device, { kind: "node" | "manager" }>> {
  for (let index = 0; index < demand.nodes; index++) yield { kind: "node", index };
  if (demand.ufm) yield { kind: "manager" };
}

const portsOfNode = ({ demand }: FabricSize, { kind }: Device): number =>
  demand.planes * (kind === "manager" ? managerPorts(demand) : demand.rails);

function* leavesOf({ demand, units, leavesPerUnit }: FabricSize): Generator<Leaf> {
  for (let plane = 0; plane < demand.planes; plane++) {
    for (let unit = 0; unit < units; unit++) {
      for (let leaf = 0; leaf < leavesPerUnit; leaf++) yield { kind: "leaf", plane, unit, leaf };
    }
  }
}

/** Every switch, from the leaves up. */
export function* switchesOf(size: FabricSize): Generator<Extract<Device, { kind: "leaf" | "spine" | "core" }>> {
  yield* leavesOf(size);
  const { core } = size.tiers;
  const domains = new Map<string, Pick<Spine, "plane" | "rail">>();
  for (const spine of size.tiers.tiers === 1 ? [] : spinesIn(size)) {
    domains.set(`${spine.plane} ${spine.rail}`, spine);
    yield spine;
  }
  if (core === null) return;
  for (const { plane, rail } of domains.values()) {
    for (let group = 0; group < core.groups; group++) {
      for (let index = 0; index < core.coresPerGroup; index++) yield { kind: "core", plane, rail, group, index };
    }
  }
}

function* spinesIn({ demand, leavesPerUnit, tiers }: FabricSize): Generator<Spine> {
  const rails =
    demand.leaf.spines === "of-each-rail" ? Array.from({ length: leavesPerUnit }, (_, rail) => rail) : [null];
  for (let plane = 0; plane < demand.planes; plane++) {
    for (const rail of rails) {
      for (const [pod, { spines }] of tiers.pods.entries()) {
        for (let index = 0; index < spines; index++) yield { kind: "spine", plane, rail, pod, index };
      }
    }
  }
}
