import type { Catalog } from "../catalog/catalog.ts";
import type { HallPlan, PodPosition } from "../cooling/cooling-types.ts";
import type { BuildingPlan, PhasePlan } from "../plan-types.ts";
import { type Kilograms, type Millimetres, millimetres, type Pascals } from "../quantity.ts";
import type { Site } from "../site/schema.ts";
import { expandIds } from "../site/template.ts";
import type { Hall } from "./schema.ts";

/** Standard acceleration of gravity in m/s²: 12 kPa are 1,223 kg/m². */
const GRAVITY = 9.80665;

/** Load in Pa, rounded up, that a weight puts on the floor under its footprint: m × g ÷ (w × d). */
export function footprintLoad(
  weight: Kilograms | null,
  width: Millimetres | null,
  depth: Millimetres | null,
): Pascals | null {
  return weight === null || width === null || depth === null
    ? null
    : (Math.ceil((weight * GRAVITY * 1e6) / (width * depth) - 1e-6) as Pascals);
}

/** The halls of each building: what is stated of them, and where their pods stand. */
export function planHalls(site: Site, phases: readonly PhasePlan[], catalog: Catalog): readonly HallPlan[] {
  const halls = new Map(
    (site.buildings ?? []).flatMap(({ id, hall }) => expandIds(id).map((each) => [each, hall] as const)),
  );
  return phases.flatMap((phase) =>
    phase.buildings.map((building) => planHall(building, phase.id, halls.get(building.id), catalog)),
  );
}

function planHall(building: BuildingPlan, phase: string, hall: Hall | undefined, catalog: Catalog): HallPlan {
  const system = catalog.systems.get(building.system);
  const at = `${building.at}.hall`;
  const stated = <K extends FigureKey>(key: K): Figure<K> => ({
    value: hall === undefined ? null : hall[key].value,
    at: hall === undefined ? at : `${at}.${key}`,
  });
  const length = (key: LengthKey) => {
    const { value, at: from } = stated(key);
    return { value: millimetres(value), at: from };
  };
  const rack = {
    width: millimetres(system?.width.value ?? null),
    depth: millimetres(system?.depth.value ?? null),
    height: millimetres(system?.height.value ?? null),
  };
  const weight = heavier(stated("rackWeight"), system?.weight.value ?? null, building.system);
  const podsPerRow = hall?.podsPerRow ?? 1;
  const rowEquipment = length("rowEquipment");
  const rowPitch = length("rowPitch");
  const podLength =
    rack.width === null || rowEquipment.value === null
      ? null
      : ((rack.width * building.racksPerPod + rowEquipment.value) as Millimetres);
  return {
    building: building.id,
    phase,
    system: building.system,
    stated: hall !== undefined,
    rack,
    rackWeight: weight,
    rackLoad: footprintLoad(weight.value, rack.width, rack.depth),
    width: length("width"),
    depth: length("depth"),
    clearHeight: length("clearHeight"),
    floorLoad: stated("floorLoad"),
    rowPitch,
    rowEquipment,
    podsPerRow,
    rows: Math.ceil(building.podsPerHall / podsPerRow),
    podLength,
    pods: podPositions(building.podsPerHall, podsPerRow, podLength, rowPitch.value),
    at,
  };
}

type FigureKey = Exclude<keyof Hall, "podsPerRow">;
type LengthKey = Exclude<FigureKey, "floorLoad" | "rackWeight">;
interface Figure<K extends FigureKey> {
  readonly value: Hall[K]["value"];
  readonly at: string;
}

/** A weight that is stated too low does not make the rack lighter. */
function heavier(stated: HallPlan["rackWeight"], published: Kilograms | null, system: string): HallPlan["rackWeight"] {
  return stated.value !== null && published !== null && published > stated.value
    ? { value: published, at: `catalog:systems/${system}/weight` }
    : stated;
}

function podPositions(
  pods: number,
  podsPerRow: number,
  length: Millimetres | null,
  pitch: Millimetres | null,
): readonly PodPosition[] {
  if (length === null || pitch === null) return [];
  return Array.from({ length: pods }, (_, index) => {
    const row = Math.floor(index / podsPerRow);
    return {
      pod: index + 1,
      row: row + 1,
      x: ((index % podsPerRow) * length) as Millimetres,
      y: (row * pitch) as Millimetres,
    };
  });
}
