import type { Catalog } from "../catalog/catalog.ts";
import type { PhasePlan } from "../plan-types.ts";
import { times } from "../quantity.ts";
import { addCounts, addTotals, type Total, total } from "../total.ts";
import { fits } from "./addresses/allocate.ts";
import { billOf } from "./fabric/bill.ts";
import { failuresOf } from "./fabric/failures.ts";
import { type AccessSize, sizeAccess } from "./fabric/management.ts";
import { type FabricSize, figuresOf } from "./fabric/size.ts";
import type { FabricPlan, FabricSwitches, NetworkRacks } from "./fabric-types.ts";
import type { SiteFabric } from "./fabrics.ts";
import type { Ways } from "./schema.ts";

interface Counted {
  readonly stated: SiteFabric;
  readonly counts: FabricSwitches | null;
  readonly missing: readonly string[];
  readonly impossible: string | null;
}

/** Load of the switches of each building, as far as their power is known. */
export function switchLoads(stated: readonly SiteFabric[], ways: Ways | null): ReadonlyMap<string, Total> {
  const buildings = Map.groupBy(stated, ({ building }) => building);
  return new Map(
    [...buildings].map(([building, own]) => [building, addTotals(countAll(own, ways).map(loadOf))] as const),
  );
}

/** The fabrics of each building, and the racks that their switches fill. */
export function planFabrics(
  stated: readonly SiteFabric[],
  phases: readonly PhasePlan[],
  ways: Ways | null,
  { media }: Catalog,
): { readonly fabrics: readonly FabricPlan[]; readonly racks: readonly NetworkRacks[] } {
  const buildings = [...Map.groupBy(stated, ({ building }) => building)];
  const counted = buildings.map(([building, own]) => [building, countAll(own, ways)] as const);
  const phaseOf = new Map(phases.flatMap((phase) => phase.buildings.map(({ id }) => [id, phase] as const)));
  return {
    fabrics: counted.flatMap(([building, own]) => {
      const phase = phaseOf.get(building);
      return phase === undefined ? [] : own.map((each) => fabricPlan(each, phase, media));
    }),
    racks: counted.map(([building, own]) => racksOf(building, own, ways)),
  };
}

function fabricPlan(counted: Counted, phase: PhasePlan, media: Catalog["media"]): FabricPlan {
  const { stated, counts, missing, impossible } = counted;
  const { fabric, size, hall } = stated;
  return {
    id: fabric.id,
    building: stated.building,
    phase: phase.id,
    state: phase.state,
    carries: fabric.carries,
    switch: fabric.switch,
    leafOf: fabric.leaf,
    nodes: stated.nodes,
    counts,
    missing,
    impossible,
    load: loadOf(counted),
    cables:
      size === null ? [] : billOf(size, hall, media).map(({ medium, ...line }) => ({ ...line, medium: named(medium) })),
    waysMissing: stated.waysMissing,
    failures: size === null ? [] : failuresOf(size),
    addresses:
      size === null || stated.pools === null ? null : fits(size, stated.from.protocol, stated.pools, stated.place),
    keeps: fabric.keeps,
    at: stated.at,
  };
}

const named = (medium: { readonly id: string } | string | null): string | null =>
  medium === null || typeof medium === "string" ? medium : medium.id;

/** The fabrics of one building: those with spines first, for the access fabrics serve their switches. */
function countAll(own: readonly SiteFabric[], ways: Ways | null): readonly Counted[] {
  const counted = own.map(
    (stated): Counted => ({
      stated,
      counts: stated.size === null ? null : countsOf(stated.size),
      missing: stated.missing,
      impossible: stated.impossible,
    }),
  );
  const others = counted.filter(({ stated }) => stated.fabric.leaf !== "access");
  return counted.map((each) => (each.stated.fabric.leaf === "access" ? counting(each, others, ways) : each));
}

const countsOf = (size: FabricSize): FabricSwitches => ({
  tiers: size.tiers.tiers,
  planes: size.demand.planes,
  rails: size.demand.rails,
  ...figuresOf(size),
});

/** An access fabric serves the nodes, the racks' own ports and every switch of the others. */
function counting(access: Counted, others: readonly Counted[], ways: Ways | null): Counted {
  const { stated } = access;
  const { fabric, at, portsPerNode, portSpeed, nodes } = stated;
  const switches = addCounts(others.map(({ counts }) => switchesOf(counts)));
  const heights = addCounts(others.map(heightOf));
  const perRack = fabric.portsPerRack?.value ?? null;
  const perSwitch = portSpeed === null ? null : (stated.from.portsAt.get(portSpeed)?.value ?? null);
  const height = stated.from.rackUnits.value;
  const missing = [
    ...stated.missing,
    ...(perRack === null ? [fabric.portsPerRack === undefined ? at : `${at}.portsPerRack`] : []),
    ...(ways === null ? ["network"] : []),
    ...(height === null ? [`catalog:switches/${fabric.switch}/rackUnits`] : []),
    ...others.flatMap((other) => (other.counts === null || heightOf(other) === null ? [other.stated.at] : [])),
  ];
  if (portSpeed !== null && perSwitch === null) {
    return { ...access, missing, impossible: `${fabric.switch} has no ports of ${portSpeed / 1e9} Gb/s` };
  }
  if (missing.length > 0 || portsPerNode === null || nodes === null || perRack === null || perSwitch === null) {
    return { ...access, missing };
  }
  if (switches === null || heights === null || height === null || ways === null) return { ...access, missing };
  const size = sizeAccess({
    ports: nodes * portsPerNode + switches,
    racks: stated.racks,
    portsPerRack: perRack,
    rackUnits: heights,
    switchUnits: height,
    unitsPerRack: ways.unitsPerRack,
    portsPerSwitch: perSwitch,
  });
  return size === null
    ? { ...access, missing, impossible: `a ${fabric.switch} and its share of a rack take all the ports that it gives` }
    : { ...access, missing, counts: accessCounts(size, nodes * portsPerNode, portsPerNode) };
}

const accessCounts = ({ switches }: AccessSize, cables: number, rails: number): FabricSwitches => ({
  tiers: 1,
  planes: 1,
  rails,
  leaf: switches,
  spine: 0,
  core: 0,
  nodeLeafCables: cables,
  leafSpineCables: 0,
  spineCoreCables: 0,
  bisectionGbps: null,
});

const switchesOf = (counts: FabricSwitches | null): number | null =>
  counts === null ? null : counts.leaf + counts.spine + counts.core;

function heightOf({ stated, counts }: Counted): number | null {
  const switches = switchesOf(counts);
  const { value: height } = stated.from.rackUnits;
  return switches === null || height === null ? null : switches * height;
}

function loadOf({ stated, counts }: Counted): Total {
  const { fabric, from, at } = stated;
  const watts = fabric.switchPower === undefined ? from.power.value : fabric.switchPower.value;
  const of = fabric.switchPower === undefined ? `catalog:switches/${from.id}/power` : `${at}.switchPower`;
  const switches = switchesOf(counts);
  return total([{ of, watts: watts === null || switches === null ? null : times(switches, watts) }]);
}

function racksOf(building: string, own: readonly Counted[], ways: Ways | null): NetworkRacks {
  const rackUnits = addCounts(own.map(heightOf));
  return {
    building,
    rackUnits,
    racks: rackUnits === null || ways === null ? null : Math.ceil(rackUnits / ways.unitsPerRack),
  };
}
