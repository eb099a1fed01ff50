import type { BuildingPlan, PhasePlan } from "../../plan-types.ts";
import type { Scope } from "../../site/fields.ts";

/** A building, hall, pod or rack, or the site: what a set of elements feeds. */
export interface Place {
  readonly scope: Scope;
  /** "b1.h2.p3.r4"; empty for the site. */
  readonly id: string;
  /** Building, or "site". */
  readonly building: string;
  readonly of: BuildingPlan | null;
  readonly phase: string | null;
  readonly parent: Place | null;
  /** Which it is of those within its parent, from 0. */
  readonly index: number;
  /** Which it is of those of its scope in the whole site, from 0. */
  readonly ordinal: number;
}

export type Places = Readonly<Record<Scope, readonly Place[]>>;

/** Every place of the site, each list in the order of the phases and their buildings. */
export function placesOf(phases: readonly PhasePlan[]): Places {
  const site: Place = {
    scope: "site",
    id: "",
    building: "site",
    of: null,
    phase: null,
    parent: null,
    index: 0,
    ordinal: 0,
  };
  const building = phases
    .flatMap((phase) => phase.buildings.map((of) => ({ of, phase: phase.id })))
    .map(
      ({ of, phase }, index): Place => ({
        scope: "building",
        id: of.id,
        building: of.id,
        of,
        phase,
        parent: site,
        index,
        ordinal: index,
      }),
    );
  const hall = within(building, "hall", "h", ({ halls }) => halls);
  const pod = within(hall, "pod", "p", ({ podsPerHall }) => podsPerHall);
  const rack = within(pod, "rack", "r", ({ racksPerPod }) => racksPerPod);
  return { site: [site], building, hall, pod, rack };
}

function within(
  parents: readonly Place[],
  scope: Scope,
  letter: string,
  countOf: (building: BuildingPlan) => number,
): readonly Place[] {
  let ordinal = 0;
  return parents.flatMap((parent) =>
    Array.from({ length: parent.of === null ? 0 : countOf(parent.of) }, (_, index) => {
      const { building, of, phase } = parent;
      return {
        scope,
        id: `${parent.id}.${letter}${index + 1}`,
        building,
        of,
        phase,
        parent,
        index,
        ordinal: ordinal++,
      };
    }),
  );
}

/** The place of a scope that holds a place; itself where the scope is its own. */
export function holderOf(place: Place, scope: Scope): Place {
  let holder = place;
  while (holder.scope !== scope && holder.parent !== null) holder = holder.parent;
  return holder;
}

/** Its number among the places of its own scope within a holder, and how many there are: pod 3 of hall 2 of a building. */
export function turnIn(place: Place, holder: Place, places: Places): { readonly turn: number; readonly turns: number } {
  if (holder.scope === "site") return { turn: place.ordinal, turns: places[place.scope].length };
  let turn = 0;
  let turns = 1;
  for (let each = place; each !== holder && each.parent !== null; each = each.parent) {
    turn += each.index * turns;
    turns *= siblings(each);
  }
  return { turn, turns };
}

/** Places of its scope within its parent, which lies in a building: all buildings of one entry are alike inside. */
function siblings({ scope, of }: Place): number {
  if (of === null) return 1;
  switch (scope) {
    case "hall":
      return of.halls;
    case "pod":
      return of.podsPerHall;
    case "rack":
      return of.racksPerPod;
    default:
      return 1;
  }
}
