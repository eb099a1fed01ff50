import type { Switch as CatalogSwitch } from "../../catalog/catalog.ts";
import type { Family, Prefix } from "../../site/prefix.ts";
import type { Device, End } from "../fabric/device.ts";
import type { FabricSize } from "../fabric/size.ts";
import { placeOf } from "../fabric/wiring.ts";
import { type AddressPools, blockOf, LAST_ASN, ordinal, type Place, type Slot, slotOf } from "./pools.ts";

type Leaf = Extract<Device, { kind: "leaf" }>;
export type Switch = Extract<Device, { kind: "leaf" | "spine" | "core" }>;

/** A prefix of each family; null where the slot has no more. */
export interface Given {
  readonly ipv4: Prefix | null;
  readonly ipv6: Prefix | null;
}

/**
 * Addresses of one fabric, each by arithmetic from the name of what has it, and from nothing else: whatever is added
 * beside a device, its addresses stay. Leaves, spines and cores take turns in one row of numbers, as do the links above
 * leaves and above spines, so that each may grow without a bound that would have to be known.
 */
export interface Addressing {
  readonly loopback: (device: Switch) => Given;
  /** Null where the numbers end. */
  readonly asn: (device: Switch) => number | null;
  /** Two addresses for the cable above a leaf's or spine's port: the lower end has the first. */
  readonly link: (lower: End) => Given;
  /** The subnet of what hangs on a leaf. */
  readonly rail: (leaf: Leaf) => Given;
  /** A node's port in its rail's subnet, after the gateway. */
  readonly host: (leaf: Leaf, port: number) => Given;
}

export function addressing(size: FabricSize, pools: AddressPools, place: Place): Addressing {
  const slot = (purpose: "rails" | "links" | "loopbacks", family: Family, block: bigint): Slot =>
    slotOf(pools[purpose][family], block, place, pools);
  const each = (purpose: "links" | "loopbacks", block: bigint) => {
    const slots = { ipv4: slot(purpose, "ipv4", block), ipv6: slot(purpose, "ipv6", block) };
    return (index: number): Given => ({ ipv4: blockOf(slots.ipv4, index), ipv6: blockOf(slots.ipv6, index) });
  };
  const [loopbacks, links] = [each("loopbacks", 1n), each("links", 2n)];
  const rails = { ipv4: slot("rails", "ipv4", subnetSize(size)), ipv6: slot("rails", "ipv6", 1n << 64n) };
  const rail = (leaf: Leaf): Given => {
    const index = leafIndex(size, leaf);
    return { ipv4: blockOf(rails.ipv4, index), ipv6: blockOf(rails.ipv6, index) };
  };
  const numbers = BigInt(LAST_ASN - pools.firstAsn + 1) / BigInt(pools.buildings * pools.fabrics);
  return {
    loopback: (device) => loopbacks(switchIndex(size, device)),
    asn: (device) => {
      const index = BigInt(switchIndex(size, device));
      return index >= numbers ? null : pools.firstAsn + Number(ordinal(place, pools) * numbers + index);
    },
    link: (lower) => links(linkIndex(size, lower)),
    rail,
    host: (leaf, port) => {
      const { ipv4, ipv6 } = rail(leaf);
      return { ipv4: within(ipv4, port + FIRST_HOST), ipv6: within(ipv6, port + FIRST_HOST) };
    },
  };
}

/** After the network's own address and the gateway's. */
const FIRST_HOST = 2;

/** Hosts of a leaf, network, gateway and broadcast, in a power of two. */
function subnetSize({ demand: { leaf } }: FabricSize): bigint {
  const hosts = leaf.nodes * leaf.railsPerLeaf + 3;
  return 1n << BigInt(Math.ceil(Math.log2(hosts)));
}

const within = (subnet: Prefix | null, host: number): Prefix | null =>
  subnet === null
    ? null
    : { family: subnet.family, base: subnet.base + BigInt(host), length: subnet.family === "ipv4" ? 32 : 128 };

/** Unit by unit, so that a unit more comes last. */
const leafIndex = ({ demand, leavesPerUnit }: FabricSize, { unit, plane, leaf }: Leaf): number =>
  (unit * demand.planes + plane) * leavesPerUnit + leaf;

/** A pod has at most as many spines as a leaf uplinks, a group as many cores as a spine has. */
function upperIndex({ demand, leavesPerUnit }: FabricSize, device: Exclude<Switch, Leaf>): number {
  const rails = demand.leaf.spines === "of-each-rail" ? leavesPerUnit : 1;
  const domain = device.plane * rails + (device.rail ?? 0);
  const number =
    device.kind === "spine"
      ? device.pod * demand.leaf.up + device.index
      : device.group * Math.floor(demand.radix / 2) + device.index;
  return number * demand.planes * rails + domain;
}

const TURNS = { leaf: 0, spine: 1, core: 2 } as const;

const switchIndex = (size: FabricSize, device: Switch): number =>
  3 * (device.kind === "leaf" ? leafIndex(size, device) : upperIndex(size, device)) + TURNS[device.kind];

function linkIndex(size: FabricSize, { device, port }: End): number {
  const { leaf, radix } = size.demand;
  if (device.kind === "leaf") return 2 * (leafIndex(size, device) * leaf.up + port - leaf.nodes * leaf.railsPerLeaf);
  if (device.kind !== "spine") throw new Error(`nothing above a ${device.kind} has link addresses`);
  const half = Math.floor(radix / 2);
  return 2 * (upperIndex(size, device) * half + port - half) + 1;
}

export type Protocol = CatalogSwitch["protocol"];

/** One purpose of a fabric, and whether even its last device or cable has its addresses. */
export interface Fit {
  readonly purpose: string;
  readonly fits: boolean;
}

/**
 * Numbers rise with unit, plane, pod and port, so that where the last has its addresses, all have. InfiniBand needs
 * none but its rails'.
 */
export function fits(size: FabricSize, protocol: Protocol, pools: AddressPools, place: Place): readonly Fit[] {
  const given = addressing(size, pools, place);
  const { leaves, links } = lastOf(size);
  const families = (purpose: string, all: readonly Given[]): readonly Fit[] =>
    (["ipv4", "ipv6"] as const).map((family) => ({
      purpose: `${purpose} ${family}`,
      fits: all.every((each) => each[family] !== null),
    }));
  const switches = lastSwitches(size);
  const rails = families("rails", leaves.map(given.rail));
  if (protocol === "infiniband") return rails;
  return [
    ...rails,
    ...families("links", links.map(given.link)),
    ...families("loopbacks", switches.map(given.loopback)),
    { purpose: "AS numbers", fits: switches.every((device) => given.asn(device) !== null) },
  ];
}

function lastOf(size: FabricSize): { readonly leaves: readonly Leaf[]; readonly links: readonly End[] } {
  const { demand, units, leavesPerUnit, tiers } = size;
  const leaf: Leaf = { kind: "leaf", plane: demand.planes - 1, unit: units - 1, leaf: leavesPerUnit - 1 };
  const spine = lastSpine(size, leaf);
  const up = tiers.pods.at(-1)?.uplinks ?? 0;
  return {
    leaves: [leaf],
    links: [
      ...(spine === null
        ? []
        : [{ device: leaf, port: demand.leaf.nodes * demand.leaf.railsPerLeaf + demand.leaf.up - 1 }]),
      ...(spine === null || up === 0 ? [] : [{ device: spine, port: Math.floor(demand.radix / 2) + up - 1 }]),
    ],
  };
}

function lastSwitches(size: FabricSize): readonly Switch[] {
  const { leaves } = lastOf(size);
  const { core } = size.tiers;
  return leaves.flatMap((leaf): readonly Switch[] => {
    const spine = lastSpine(size, leaf);
    if (spine === null) return [leaf];
    if (core === null) return [leaf, spine];
    const { plane, rail } = spine;
    return [leaf, spine, { kind: "core", plane, rail, group: core.groups - 1, index: core.coresPerGroup - 1 }];
  });
}

function lastSpine(size: FabricSize, leaf: Leaf): Extract<Device, { kind: "spine" }> | null {
  const { tiers, pods } = size.tiers;
  const spines = pods.at(-1)?.spines ?? 0;
  if (tiers === 1 || spines === 0) return null;
  return { kind: "spine", plane: leaf.plane, rail: placeOf(size, leaf).rail, pod: pods.length - 1, index: spines - 1 };
}
