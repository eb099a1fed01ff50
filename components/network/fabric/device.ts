import type { FabricSize } from "./size.ts";

/** A device of a fabric. Indices count from 0, names from 1; `rail` is null where rails share their spines. */
export type Device =
  | { readonly kind: "node"; readonly index: number }
  /** Appliances of the fabric manager, in the place of the last node of the last unit. */
  | { readonly kind: "manager" }
  | { readonly kind: "leaf"; readonly plane: number; readonly unit: number; readonly leaf: number }
  | {
      readonly kind: "spine";
      readonly plane: number;
      readonly rail: number | null;
      readonly pod: number;
      readonly index: number;
    }
  | {
      readonly kind: "core";
      readonly plane: number;
      readonly rail: number | null;
      readonly group: number;
      readonly index: number;
    };

/** One end of a cable; ports count from 0. A node's port is rail × planes + plane. */
export interface End {
  readonly device: Device;
  readonly port: number;
}

/** How nodes and ports are called where the fabric stands. */
export interface Naming {
  readonly node: (index: number) => string;
  /** Null where the text is the name of no node. */
  readonly nodeIndex: (name: string) => number | null;
  readonly portsPerCage: number;
  /** Before the name of every switch: fabrics of a site share no name. */
  readonly prefix: string;
  /** Before the name of a node's port: the fabrics of a site share their nodes. */
  readonly portPrefix: string;
}

/** Nodes by number, for a fabric that has no hall. */
export const plainNaming = (portsPerCage: number): Naming => ({
  node: (index) => `n${index + 1}`,
  nodeIndex: (name) => counted(/^n([1-9]\d{0,8})$/.exec(name)?.[1]),
  portsPerCage,
  prefix: "",
  portPrefix: "",
});

const counted = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits) - 1);

/** A name that a device keeps as long as its unit, rail, plane and pod stay what they are. */
export const deviceName = (device: Device, naming: Naming): string =>
  device.kind === "node" ? naming.node(device.index) : `${naming.prefix}${switchName(device)}`;

function switchName(device: Exclude<Device, { kind: "node" }>): string {
  switch (device.kind) {
    case "manager":
      return "manager";
    case "leaf":
      return `leaf-p${device.plane + 1}-u${device.unit + 1}-r${device.leaf + 1}`;
    case "spine":
      return `spine-p${device.plane + 1}${ofRail(device.rail)}-g${device.pod + 1}-s${device.index + 1}`;
    case "core":
      return `core-p${device.plane + 1}${ofRail(device.rail)}-g${device.group + 1}-s${device.index + 1}`;
  }
}

const ofRail = (rail: number | null): string => (rail === null ? "" : `-r${rail + 1}`);

const LEAF = /^leaf-p([1-9]\d{0,5})-u([1-9]\d{0,8})-r([1-9]\d{0,5})$/;
const UPPER = /^(spine|core)-p([1-9]\d{0,5})(?:-r([1-9]\d{0,5}))?-g([1-9]\d{0,5})-s([1-9]\d{0,5})$/;

/** The device of a name, whether or not the fabric has it; null where the name is none of ours. */
export function deviceOf(name: string, naming: Naming): Device | null {
  const index = naming.nodeIndex(name);
  if (index !== null) return { kind: "node", index };
  return name.startsWith(naming.prefix) ? switchOf(name.slice(naming.prefix.length)) : null;
}

function switchOf(name: string): Device | null {
  if (name === "manager") return { kind: "manager" };
  const [, plane, unit, leaf] = (LEAF.exec(name) ?? []).map(Number);
  if (plane !== undefined && unit !== undefined && leaf !== undefined) {
    return { kind: "leaf", plane: plane - 1, unit: unit - 1, leaf: leaf - 1 };
  }
  const [, kind, on, rail, group, index] = UPPER.exec(name) ?? [];
  if (kind === undefined) return null;
  const place = { plane: Number(on) - 1, rail: counted(rail), index: Number(index) - 1 };
  return kind === "spine"
    ? { kind, ...place, pod: Number(group) - 1 }
    : { kind: "core", ...place, group: Number(group) - 1 };
}

/** "r3p1" at a node, "12/2" at a switch whose cages hold two ports. */
export function portName({ device, port }: End, size: FabricSize, naming: Naming): string {
  if (device.kind === "node" || device.kind === "manager") {
    const { planes } = size.demand;
    return `${naming.portPrefix}r${Math.floor(port / planes) + 1}p${(port % planes) + 1}`;
  }
  const { portsPerCage } = naming;
  const cage = Math.floor(port / portsPerCage) + 1;
  return portsPerCage === 1 ? `${cage}` : `${cage}/${(port % portsPerCage) + 1}`;
}

/** The port of a name, or null where it is none of the device's form. */
export function portOf(name: string, device: Device, size: FabricSize, naming: Naming): number | null {
  if (device.kind === "node" || device.kind === "manager") {
    if (!name.startsWith(naming.portPrefix)) return null;
    const own = name.slice(naming.portPrefix.length);
    const [, rail, plane] = (/^r([1-9]\d{0,3})p([1-9]\d{0,3})$/.exec(own) ?? []).map(Number);
    if (rail === undefined || plane === undefined || plane > size.demand.planes) return null;
    return (rail - 1) * size.demand.planes + plane - 1;
  }
  const [, cage, lane] = /^([1-9]\d{0,4})(?:\/([1-9]\d{0,2}))?$/.exec(name) ?? [];
  if (cage === undefined || (lane === undefined) !== (naming.portsPerCage === 1)) return null;
  const inCage = lane === undefined ? 0 : Number(lane) - 1;
  return inCage >= naming.portsPerCage ? null : (Number(cage) - 1) * naming.portsPerCage + inCage;
}
