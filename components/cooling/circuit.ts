import type { BuildingPlan, PhasePlan } from "../plan-types.ts";
import { type OneLine, type OneLineNode, oneLine } from "../power/one-line/graph.ts";
import { holderOf, type Place, type Places, placesOf, turnIn } from "../power/one-line/places.ts";
import { wires } from "../power/one-line/wiring.ts";
import { elementId, heatElement, heatSource } from "./elements.ts";
import { besideRacks, type StatedHeat } from "./heat.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";

/** A level with the numbers of its nodes, set by set. */
type Sets = ReadonlyMap<Place, readonly number[]>;

/** The circuit, with the racks that a load stands for, by its name: one, or all of a pod. */
export interface Circuit {
  readonly line: OneLine;
  readonly racksOf: ReadonlyMap<string, readonly string[]>;
}

interface Building {
  readonly input: CoolingInput;
  readonly places: Places;
  readonly nodes: OneLineNode[];
  /** By the place of the level in the list. */
  readonly sets: Map<number, Sets>;
  readonly racksOf: Map<string, readonly string[]>;
}

/**
 * The heat as a one-line, turned round: what takes the heat of a node stands where its feeds would, the racks and the
 * air of the pods are the loads, and what gives heat to the outdoors are the sources. So one engine fails both.
 */
export function coolingCircuit(input: CoolingInput, phases: readonly PhasePlan[]): Circuit {
  const building: Building = { input, places: placesOf(phases), nodes: [], sets: new Map(), racksOf: new Map() };
  for (let index = input.levels.length - 1; index >= 0; index--) addLevel(building, index);
  for (const source of SOURCES) addSource(building, source);
  return { line: oneLine(building.nodes), racksOf: building.racksOf };
}

function addLevel(building: Building, index: number): void {
  const { input, places, nodes, sets } = building;
  const resolved = input.levels[index] as ResolvedLevel;
  const { level, to } = resolved;
  const element = heatElement(resolved, input);
  const redundant = level.count > 1 && level.scheme !== "N";
  const own = new Map<Place, readonly number[]>();
  for (const place of places[level.per]) {
    const numbers = Array.from({ length: level.count }, (_, number) => {
      const feeds = takersOf(building, to, place, { element: number, count: level.count, redundant });
      const id = elementId(place, level.id, number);
      return nodes.push({ ...whereabouts(place), id, element, load: 0, diversity: 1, feeds, reserves: [] }) - 1;
    });
    own.set(place, numbers);
  }
  sets.set(index, own);
}

const whereabouts = ({ building, phase }: Place): Pick<OneLineNode, "building" | "phase"> => ({ building, phase });

const ALONE = { element: 0, count: 1, redundant: false } as const;

/** What takes the heat of an element at a place, by the scheme of the level that takes it. */
function takersOf(
  { input, places, sets }: Pick<Building, "input" | "places" | "sets">,
  to: number | null,
  place: Place,
  fed: { readonly element: number; readonly count: number; readonly redundant: boolean },
): readonly number[] {
  const taker = to === null ? undefined : input.levels[to];
  if (to === null || taker === undefined) return [];
  const holder = holderOf(place, taker.level.per);
  const set = sets.get(to)?.get(holder) ?? [];
  const { feeds } = wires(taker.level.scheme, set.length, { ...fed, ...turnIn(place, holder, places) });
  return feeds.map((number) => set[number] as number);
}

/** Heat that has to be taken from every place of a scope. */
interface Source {
  readonly takes: "liquid" | "air";
  readonly scope: "rack" | "pod";
  readonly name: string;
  readonly heatOf: (building: BuildingPlan, input: CoolingInput) => StatedHeat;
}

const SOURCES: readonly Source[] = [
  { takes: "liquid", scope: "rack", name: "liquid", heatOf: (of, input) => rackHeat("liquidHeat", 1, of, input) },
  { takes: "air", scope: "pod", name: "air", heatOf: (of, input) => rackHeat("airHeat", of.racksPerPod, of, input) },
  { takes: "air", scope: "pod", name: "other-it", heatOf: (of) => besideRacks(of, of.racksPerPod) },
];

function rackHeat(fact: "liquidHeat" | "airHeat", racks: number, { system }: BuildingPlan, { catalog }: CoolingInput) {
  const each = catalog.systems.get(system)?.[fact].value ?? null;
  return { watts: each === null ? null : racks * each, from: `catalog:systems/${system}/${fact}` };
}

/** A place with none of the heat, or nothing to take it, has no node. */
function addSource({ input, places, nodes, sets, racksOf }: Building, { takes, scope, name, heatOf }: Source): void {
  const to = input.levels.findIndex((level) => level.takes === takes);
  if (to < 0) return;
  for (const place of places[scope]) {
    if (place.of === null) continue;
    const { watts, from } = heatOf(place.of, input);
    if (watts === 0) continue;
    const id = `${place.id}.${name}`;
    racksOf.set(id, scope === "rack" ? [place.id] : racksIn(place.id, place.of));
    nodes.push({
      ...whereabouts(place),
      id,
      element: heatSource(takes, place.of.at, from),
      load: watts,
      diversity: 1,
      feeds: takersOf({ input, places, sets }, to, place, ALONE),
      reserves: [],
    });
  }
}

const racksIn = (pod: string, { racksPerPod }: BuildingPlan): readonly string[] =>
  Array.from({ length: racksPerPod }, (_, index) => `${pod}.r${index + 1}`);
