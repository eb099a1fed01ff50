import type { Device } from "./device.ts";
import type { FabricSize } from "./size.ts";
import { placeOf } from "./wiring.ts";

/** Racks of one building and the ways between them; lengths in metres. */
export interface HallPlan {
  readonly halls: number;
  readonly podsPerHall: number;
  readonly podsPerRow: number;
  readonly racksPerPod: number;
  readonly nodesPerRack: number;
  /** From rack to rack in a row, from row to row, from hall to hall. */
  readonly rackPitch: number;
  readonly rowPitch: number;
  /** Length of row that a pod takes beside its racks. */
  readonly rowEquipment: number;
  readonly hallPitch: number;
  /** From a port up to the tray above its rack. */
  readonly drop: number;
  /** Share of the way that is laid in addition. */
  readonly slack: number;
}

interface Place {
  readonly hall: number;
  readonly row: number;
  /** Metres from the beginning of the row. */
  readonly along: number;
}

/** Stands beside the first row of a hall: spines, and in the first hall the cores. */
const NETWORK_ROW = -1;

/**
 * Where a device stands. Leaves stand behind the racks of the pod in which their unit begins; spines in the network row of
 * the hall in which their first leaf stands; cores in that of the first hall.
 */
export function placeOfDevice(device: Device, size: FabricSize, hall: HallPlan): Place {
  switch (device.kind) {
    case "node":
      return nodePlace(device.index, hall);
    case "manager":
      return leafPlace(size.units - 1, size, hall);
    case "leaf":
      return leafPlace(device.unit, size, hall);
    case "spine":
      return { hall: leafPlace(firstUnit(device.pod, device.rail, size), size, hall).hall, row: NETWORK_ROW, along: 0 };
    case "core":
      return { hall: 0, row: NETWORK_ROW, along: 0 };
  }
}

function nodePlace(node: number, hall: HallPlan): Place {
  const rack = rackOf(node, hall);
  return placeInPod(Math.floor(rack / hall.racksPerPod), rack % hall.racksPerPod, hall);
}

function leafPlace(unit: number, size: FabricSize, hall: HallPlan): Place {
  const rack = rackOf(unit * size.demand.leaf.nodes, hall);
  return placeInPod(Math.floor(rack / hall.racksPerPod), hall.racksPerPod, hall);
}

/** Units are built whole: those past the last rack stand beside it. */
const rackOf = (node: number, { nodesPerRack, halls, podsPerHall, racksPerPod }: HallPlan): number =>
  Math.min(Math.floor(node / nodesPerRack), halls * podsPerHall * racksPerPod - 1);

/** So many racks into a pod, whose row may hold others before it. */
function placeInPod(pod: number, racks: number, hall: HallPlan): Place {
  const { podsPerHall, podsPerRow, racksPerPod, rackPitch, rowEquipment } = hall;
  const inHall = pod % podsPerHall;
  return {
    hall: Math.floor(pod / podsPerHall),
    row: Math.floor(inHall / podsPerRow),
    along: (inHall % podsPerRow) * (racksPerPod * rackPitch + rowEquipment) + racks * rackPitch,
  };
}

function firstUnit(pod: number, rail: number | null, size: FabricSize): number {
  const leaf = pod * (size.tiers.pods[0]?.leaves ?? 0);
  return rail === null ? Math.floor(leaf / size.leavesPerUnit) : leaf;
}

/** Metres of cable, whole: up to the tray, along rows and racks, down, and the slack. */
export function cableLength(from: Place, to: Place, hall: HallPlan): number {
  const way =
    Math.abs(from.hall - to.hall) * hall.hallPitch +
    Math.abs(from.row - to.row) * hall.rowPitch +
    Math.abs(from.along - to.along) +
    2 * hall.drop;
  return Math.ceil(way * (1 + hall.slack) - 1e-9);
}

/** The pod of a leaf. */
export const podOf = (size: FabricSize, leaf: { readonly unit: number; readonly leaf: number }): number =>
  Math.floor(placeOf(size, leaf).index / (size.tiers.pods[0]?.leaves ?? size.tiers.leaves));
