import type { PhasePlan } from "../../plan-types.ts";
import type { Scope } from "../../site/fields.ts";
import { expandIds } from "../../site/template.ts";
import { isSource, kindOf, type Level, type Power } from "../schema.ts";
import { busElement, elementOf, otherItElement, rackElement, SUPPLY, utilityElement } from "./elements.ts";
import type { Element, OneLineNode } from "./graph.ts";
import { holderOf, type Place, type Places, placesOf, turnIn } from "./places.ts";
import { type Fed, wires } from "./wiring.ts";

/** An element within its set. */
type Member = Omit<Fed, "turn" | "turns">;

/** What draws power beside the racks, one node each: a pump of a pod, a chiller of a building. */
export interface Consumer {
  readonly id: string;
  readonly element: Element;
  readonly place: Place;
  /** Level that feeds it. */
  readonly fedBy: string;
  readonly fed: Member;
  /** Elements of that level's set, from 1, that feed it in turn; without them, as the scheme of the level says. */
  readonly lineups?: readonly number[] | undefined;
  readonly load: number | null;
  readonly designLoad: number | null;
}
export type ConsumersOf = (places: Places) => readonly Consumer[];

/** A level with the numbers of its nodes, set by set. */
interface Built {
  readonly level: Level;
  readonly at: string;
  readonly sets: ReadonlyMap<Place, readonly number[]>;
  /** Buses of its sets, made where a reserve works in parallel. */
  readonly buses: Map<Place, number>;
}

interface Expansion {
  readonly power: Power;
  readonly places: Places;
  readonly nodes: OneLineNode[];
  readonly built: Map<string, Built>;
  readonly utilities: Map<string, number>;
}

const SUPPLY_NODE = 0;

/**
 * The nodes of a blueprint's levels: the supply, each element of each level at each place, and the loads. Ids are
 * stable: the place, then the level and the number in its set ("b1.h1.p2.rpp-3", "b1.h1.p2.r5.whip-8", "ups-1").
 * The levels are checked before: what feeds a level is there, no finer than it, and closes no cycle.
 */
export function expandLevels(
  power: Power,
  phases: readonly PhasePlan[],
  consumersOf: ConsumersOf,
): readonly OneLineNode[] {
  if (power.distribution.length === 0) return [];
  const places = placesOf(phases);
  const expansion: Expansion = { power, places, nodes: [], built: new Map(), utilities: new Map() };
  add(expansion, { id: "supply", element: SUPPLY, ...SITE, load: 0, feeds: [], reserves: [] });
  for (const { id } of power.distribution) build(expansion, id);
  addRacks(expansion);
  addOtherIt(expansion);
  for (const consumer of consumersOf(places)) addConsumer(expansion, consumer);
  return expansion.nodes;
}

const SITE = { building: "site", phase: null, diversity: 1 } as const;

const add = ({ nodes }: Expansion, node: OneLineNode): number => nodes.push(node) - 1;

/** A level, what feeds it and what stands by for it first. */
function build(expansion: Expansion, id: string): Built {
  const there = expansion.built.get(id);
  if (there !== undefined) return there;
  const { power, places } = expansion;
  const index = power.distribution.findIndex((each) => each.id === id);
  const level = power.distribution[index];
  if (level === undefined) throw new Error(`no level ${id}`);
  const at = `power.distribution[${index}]`;
  const element = elementOf(level, kindOf(level.id, level.kind), level.id, at);
  const upstream = upstreamOf(expansion, index);
  const reserve = level.reserve === undefined ? null : build(expansion, level.reserve);
  const redundant = level.count > 1 && level.scheme !== "N";
  const sets = new Map<Place, readonly number[]>();
  for (const place of places[level.per]) {
    const numbers = Array.from({ length: level.count }, (_, number) =>
      add(expansion, {
        id: nodeId(place, level.id, number),
        element,
        building: place.building,
        phase: place.phase,
        load: 0,
        diversity: level.per === "rack" ? diversityOf(place) : 1,
        ...feedsOf(expansion, upstream, reserve, place, { element: number, count: level.count, redundant }),
      }),
    );
    sets.set(place, numbers);
  }
  const built: Built = { level, at, sets, buses: new Map() };
  expansion.built.set(id, built);
  return built;
}

const isSourceLevel = ({ id, kind }: Level): boolean => isSource(kindOf(id, kind));

const nodeId = (place: Place, level: string, index: number): string =>
  `${place.id === "" ? "" : `${place.id}.`}${level}-${index + 1}`;

/** What feeds a level: another level, certain services, all of the supply, or nothing where it is a source. */
type Upstream = { readonly level: Built } | { readonly services: readonly number[] } | "supply" | "nothing";

function upstreamOf(expansion: Expansion, index: number): Upstream {
  const { distribution } = expansion.power;
  const level = distribution[index] as Level;
  if (isSourceLevel(level)) return "nothing";
  if (level.services !== undefined) return { services: level.services.map((id) => utility(expansion, id)) };
  const above = level.fedBy ?? distribution.slice(0, index).findLast((each) => !isSourceLevel(each))?.id;
  return above === undefined ? "supply" : { level: build(expansion, above) };
}

function utility(expansion: Expansion, id: string): number {
  const there = expansion.utilities.get(id);
  if (there !== undefined) return there;
  const index = expansion.power.services.findIndex((service) => expandIds(service.id).includes(id));
  const service = expansion.power.services[index];
  if (service === undefined) throw new Error(`no service ${id}`);
  const element = utilityElement(service, `power.services[${index}]`);
  const node = add(expansion, { id, element, ...SITE, load: 0, feeds: [], reserves: [] });
  expansion.utilities.set(id, node);
  return node;
}

function feedsOf(
  expansion: Expansion,
  upstream: Upstream,
  reserve: Built | null,
  place: Place,
  fed: Member,
): Pick<OneLineNode, "feeds" | "reserves"> {
  const above = feedsAbove(expansion, upstream, place, fed);
  const standby = reserve === null ? [] : [standbyOf(expansion, reserve, place, fed)];
  return { feeds: above.feeds, reserves: [...above.reserves, ...standby] };
}

function feedsAbove(
  expansion: Expansion,
  upstream: Upstream,
  place: Place,
  fed: Member,
): Pick<OneLineNode, "feeds" | "reserves"> {
  if (upstream === "nothing") return { feeds: [], reserves: [] };
  if (upstream === "supply") return { feeds: [SUPPLY_NODE], reserves: [] };
  if ("services" in upstream) {
    const of = upstream.services;
    const { turn } = turnIn(place, expansion.places.site[0] as Place, expansion.places);
    return { feeds: [of[(turn * fed.count + fed.element) % of.length] as number], reserves: [] };
  }
  return fromSet(expansion, upstream.level, place, fed);
}

/** The elements above that an element hangs on, by the scheme of their level. */
function fromSet(
  { places }: Expansion,
  { level, sets }: Built,
  place: Place,
  fed: Member,
): Pick<OneLineNode, "feeds" | "reserves"> {
  const holder = holderOf(place, level.per);
  const set = sets.get(holder) ?? [];
  const { feeds, reserves } = wires(level.scheme, set.length, { ...fed, ...turnIn(place, holder, places) });
  const numbers = (of: readonly number[]) => of.map((index) => set[index] as number);
  return { feeds: numbers(feeds), reserves: numbers(reserves) };
}

/** A reserve with a scheme of its own works in parallel on one bus; without, each element stands by for its own. */
function standbyOf(expansion: Expansion, reserve: Built, place: Place, fed: Member): number {
  const { level, sets, buses, at } = reserve;
  const holder = holderOf(place, level.per);
  const set = sets.get(holder) ?? [];
  if (level.scheme === "N" || set.length === 1) {
    const { turn } = turnIn(place, holder, expansion.places);
    return set[(turn * fed.count + fed.element) % set.length] as number;
  }
  const there = buses.get(holder);
  if (there !== undefined) return there;
  const bus = add(expansion, {
    id: `${holder.id === "" ? "" : `${holder.id}.`}${level.id}-bus`,
    element: busElement(level, at),
    building: holder.building,
    phase: holder.phase,
    load: 0,
    diversity: 1,
    feeds: set,
    reserves: [],
  });
  buses.set(holder, bus);
  return bus;
}

/** The last level that reaches down to a place of this scope and is no source. */
function lastLevel({ power, built }: Expansion, fits: (per: Scope) => boolean): Upstream {
  const last = power.distribution.findLast((level) => !isSourceLevel(level) && fits(level.per));
  const found = last === undefined ? undefined : built.get(last.id);
  return found === undefined ? "supply" : { level: found };
}

/** What is not known counts as 1: what holds without diversity holds with it. */
const diversityOf = ({ of }: Place): number => of?.diversity?.value ?? 1;

const ALONE: Member = { element: 0, count: 1, redundant: false };

function addRacks(expansion: Expansion): void {
  const upstream = lastLevel(expansion, () => true);
  for (const rack of expansion.places.rack) {
    if (rack.of === null) continue;
    const { rackWatts } = rack.of;
    addLoad(expansion, rack, upstream, rack.id, rackElement(rack.of), rackWatts, diversityOf(rack));
  }
}

/** Network, storage and management of a pod, on what feeds the pod. */
function addOtherIt(expansion: Expansion): void {
  const upstream = lastLevel(expansion, (per) => per !== "rack");
  for (const pod of expansion.places.pod) {
    if (pod.of === null) continue;
    const { rackWatts, racksPerPod, otherIt } = pod.of;
    const load = rackWatts === null || otherIt === null ? null : racksPerPod * rackWatts * otherIt;
    addLoad(expansion, pod, upstream, `${pod.id}.other-it`, otherItElement(pod.of), load, 1);
  }
}

function addLoad(
  expansion: Expansion,
  place: Place,
  upstream: Upstream,
  id: string,
  element: Element,
  load: number | null,
  diversity: number,
): void {
  const { building, phase } = place;
  add(expansion, {
    id,
    element,
    building,
    phase,
    load: load === null ? null : load * diversityOf(place),
    diversity,
    ...feedsOf(expansion, upstream, null, place, ALONE),
  });
}

function addConsumer(expansion: Expansion, consumer: Consumer): void {
  const { id, element, place, fedBy, fed, lineups, load, designLoad } = consumer;
  const { building, phase } = place;
  const built = build(expansion, fedBy);
  const above =
    lineups === undefined ? fromSet(expansion, built, place, fed) : inTurn(expansion, built, consumer, lineups);
  add(expansion, { id, element, building, phase, load, designLoad, diversity: 1, ...above });
}

/** Fed by the elements that the blueprint names, each consumer by the next of them. */
function inTurn(
  { places }: Expansion,
  { level, sets }: Built,
  { place, fed }: Consumer,
  lineups: readonly number[],
): Pick<OneLineNode, "feeds" | "reserves"> {
  const holder = holderOf(place, level.per);
  const { turn } = turnIn(place, holder, places);
  const number = lineups[(turn * fed.count + fed.element) % lineups.length] as number;
  return { feeds: [sets.get(holder)?.[number - 1] as number], reserves: [] };
}
