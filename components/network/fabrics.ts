import type { Catalog, Switch, System } from "../catalog/catalog.ts";
import type { Building } from "../compute/schema.ts";
import type { BitsPerSecond, Metres } from "../quantity.ts";
import { parsePrefix } from "../site/prefix.ts";
import type { Site } from "../site/schema.ts";
import { expandIds } from "../site/template.ts";
import type { AddressPools, Place } from "./addresses/pools.ts";
import { isDemandFault, portDemand, portsPerCage } from "./fabric/demand.ts";
import type { Naming } from "./fabric/device.ts";
import type { HallPlan } from "./fabric/hall.ts";
import { type FabricSize, isTooLarge, sizeFabric } from "./fabric/size.ts";
import type { Addresses, Fabric, Ways } from "./schema.ts";

/** A fabric of one building, as far as it can be sized. */
export interface SiteFabric {
  readonly fabric: Fabric;
  readonly at: string;
  readonly building: string;
  readonly system: System;
  readonly from: Switch;
  readonly racks: number;
  readonly nodes: number | null;
  readonly portsPerNode: number | null;
  readonly portSpeed: BitsPerSecond | null;
  /** Null for an access fabric, and where something is missing. */
  readonly size: FabricSize | null;
  /** Places of what keeps it from being sized: unknown, or left out. */
  readonly missing: readonly string[];
  /** What cannot be as it is stated. */
  readonly impossible: string | null;
  readonly hall: HallPlan | null;
  /** Places of what keeps its cables from having a length. */
  readonly waysMissing: readonly string[];
  readonly naming: Naming;
  readonly pools: AddressPools | null;
  readonly place: Place;
}

/** Every fabric of every building that a phase brings, building by building. */
export function siteFabrics(site: Site, catalog: Catalog): readonly SiteFabric[] {
  const pools = poolsOf(site.network.addresses);
  const buildings = site.buildings ?? [];
  const order = new Map(buildings.flatMap(({ id }) => expandIds(id)).map((id, index) => [id, index] as const));
  const inPhases = new Set(site.phases.flatMap((phase) => (phase.buildings ?? []).flatMap(expandIds)));
  return buildings.flatMap((building, nth) =>
    expandIds(building.id)
      .filter((id) => inPhases.has(id))
      .flatMap((id) =>
        (site.network.fabrics ?? []).flatMap((fabric, index) => {
          const system = catalog.systems.get(building.system);
          const from = catalog.switches.get(fabric.switch);
          if (system === undefined || from === undefined) return [];
          const at = `network.fabrics[${index}]`;
          const place = { building: order.get(id) ?? 0, fabric: index };
          const { ways = null } = site.network;
          return [siteFabric({ fabric, at, id, building, nth, system, from, ways, pools, place })];
        }),
      ),
  );
}

interface Stated {
  readonly fabric: Fabric;
  readonly at: string;
  readonly id: string;
  readonly building: Building;
  /** Its place in the list. */
  readonly nth: number;
  readonly system: System;
  readonly from: Switch;
  readonly ways: Ways | null;
  readonly pools: AddressPools | null;
  readonly place: Place;
}

function siteFabric(stated: Stated): SiteFabric {
  const { fabric, at, id, building, system, from, pools, place } = stated;
  const racks = building.halls * building.podsPerHall * building.racksPerPod;
  const nodesPerRack = system.nodesPerRack.value;
  const ports = portsOf(fabric, system, at);
  const missing = [...ports.missing, ...(nodesPerRack === null ? [`catalog:systems/${system.id}/nodesPerRack`] : [])];
  const known = { fabric, at, building: id, system, from, racks, pools, place, ...ports };
  const rest = {
    nodes: nodesPerRack === null ? null : racks * nodesPerRack,
    ...hallOf(stated, nodesPerRack),
    naming: namingOf(stated, ports.portSpeed, nodesPerRack),
  };
  if (missing.length > 0 || nodesPerRack === null || ports.portsPerNode === null || ports.portSpeed === null) {
    return { ...known, ...rest, size: null, missing, impossible: null };
  }
  if (fabric.leaf === "access") return { ...known, ...rest, size: null, missing, impossible: null };
  const { portsPerNode: rails, portSpeed } = ports;
  return { ...known, ...rest, missing, ...sized({ fabric, from, rails, portSpeed, racks, nodesPerRack }) };
}

interface Sizing {
  readonly fabric: Fabric;
  readonly from: Switch;
  readonly rails: number;
  readonly portSpeed: BitsPerSecond;
  readonly racks: number;
  readonly nodesPerRack: number;
}

function sized({
  fabric,
  from,
  rails,
  portSpeed,
  racks,
  nodesPerRack,
}: Sizing): Pick<SiteFabric, "size" | "impossible"> {
  const demand = portDemand(from, {
    nodes: racks * nodesPerRack,
    rails,
    portSpeed,
    planes: fabric.planes,
    oversubscription: fabric.oversubscription,
    nodesPerLeafOfRack: fabric.leaf === "rack" ? nodesPerRack : null,
    ufm: false,
  });
  if (isDemandFault(demand))
    return { size: null, impossible: `${from.id} has no ports of ${demand.wanted / 1e9} Gb/s` };
  const size = sizeFabric(demand);
  if (!isTooLarge(size)) return { size, impossible: null };
  return { size: null, impossible: `three tiers of ${from.id} carry at most ${size.maxNodes} nodes` };
}

/** Ports as the blueprint states them, else, for compute, as the catalog has them. */
function portsOf({ carries, portsPerNode, portSpeed }: Fabric, system: System, at: string) {
  const compute = carries.includes("compute");
  const count = portsPerNode === undefined && compute ? system.computePorts.value : (portsPerNode?.value ?? null);
  const speed = portSpeed === undefined && compute ? system.computePortSpeed.value : (portSpeed?.value ?? null);
  const where = (stated: object | undefined, field: string, fact: string): string =>
    stated === undefined && compute
      ? `catalog:systems/${system.id}/${fact}`
      : `${at}${stated === undefined ? "" : `.${field}`}`;
  return {
    portsPerNode: count,
    portSpeed: speed,
    missing: [
      ...(count === null ? [where(portsPerNode, "portsPerNode", "computePorts")] : []),
      ...(speed === null ? [where(portSpeed, "portSpeed", "computePortSpeed")] : []),
    ],
  };
}

/** The hall for the ways of cables, or the places of what nobody says of it. */
function hallOf(
  { building, nth, ways }: Stated,
  nodesPerRack: number | null,
): Pick<SiteFabric, "hall" | "waysMissing"> {
  const { halls, podsPerHall, racksPerPod, hall } = building;
  const at = `buildings[${nth}].hall`;
  if (ways === null || hall === undefined)
    return { hall: null, waysMissing: [...(ways === null ? ["network"] : []), ...(hall === undefined ? [at] : [])] };
  const stated: readonly (readonly [from: string, Metres | null])[] = [
    ["network.ways.rackPitch", ways.rackPitch.value],
    ["network.ways.hallPitch", ways.hallPitch.value],
    ["network.ways.drop", ways.drop.value],
    [`${at}.rowPitch`, hall.rowPitch.value],
    [`${at}.rowEquipment`, hall.rowEquipment.value],
  ];
  const waysMissing = stated.flatMap(([from, length]) => (length === null ? [from] : []));
  const [rackPitch, hallPitch, drop, rowPitch, rowEquipment] = stated.map(([, length]) => length);
  if (rackPitch == null || hallPitch == null || drop == null || rowPitch == null || rowEquipment == null)
    return { hall: null, waysMissing };
  if (nodesPerRack === null) return { hall: null, waysMissing };
  const pods = { halls, podsPerHall, podsPerRow: hall.podsPerRow, racksPerPod, nodesPerRack };
  return { hall: { ...pods, rackPitch, rowPitch, rowEquipment, hallPitch, drop, slack: ways.slack }, waysMissing };
}

function poolsOf(stated: Addresses | undefined): AddressPools | null {
  if (stated === undefined) return null;
  const [rails, links, loopbacks] = [stated.rails, stated.links, stated.loopbacks].map((pool) => {
    const [ipv4, ipv6] = [parsePrefix(pool.ipv4), parsePrefix(pool.ipv6)];
    return ipv4 === null || ipv6 === null ? null : { ipv4, ipv6 };
  });
  if (!rails || !links || !loopbacks) throw new Error("a pool is no prefix: load lets none through");
  return { ...stated, rails, links, loopbacks };
}

const NODE = /^h([1-9]\d{0,3})-p([1-9]\d{0,3})-r([1-9]\d{0,3})-n([1-9]\d{0,3})$/;

/** "b1-h2-p3-r4-n5": a node keeps its name whatever is built beside it. */
function namingOf(
  { id, fabric, building, from }: Stated,
  portSpeed: BitsPerSecond | null,
  nodesPerRack: number | null,
): Naming {
  const { podsPerHall, racksPerPod } = building;
  const perRack = nodesPerRack ?? 1;
  return {
    node: (index) => {
      const rack = Math.floor(index / perRack);
      const pod = Math.floor(rack / racksPerPod);
      const place = [Math.floor(pod / podsPerHall), pod % podsPerHall, rack % racksPerPod, index % perRack];
      const [hall = 0, row = 0, inRow = 0, inRack = 0] = place.map((each) => each + 1);
      return `${id}-h${hall}-p${row}-r${inRow}-n${inRack}`;
    },
    nodeIndex: (name) => {
      const match = name.startsWith(`${id}-`) ? NODE.exec(name.slice(id.length + 1)) : null;
      const [hall, row, rack, node] = (match ?? []).slice(1).map((digits) => Number(digits) - 1);
      if (hall === undefined || row === undefined || rack === undefined || node === undefined) return null;
      if (row >= podsPerHall || rack >= racksPerPod || node >= perRack) return null;
      return ((hall * podsPerHall + row) * racksPerPod + rack) * perRack + node;
    },
    portsPerCage: portsPerCage(from, portSpeed === null ? null : ((portSpeed / fabric.planes) as BitsPerSecond)),
    prefix: `${id}-${fabric.id}-`,
    portPrefix: `${fabric.id}-`,
  };
}
