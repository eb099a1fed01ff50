import type { PhasePlan } from "../../plan-types.ts";
import type { Power } from "../schema.ts";
import { elementOf, rackElement } from "./elements.ts";
import type { OneLineNode } from "./graph.ts";
import { type Place, placesOf } from "./places.ts";

/**
 * The nodes of a one-line that is written out: as it stands, racks by the names that the plan gives them. The list is
 * checked before: every name is there, no cycle, every rack fed. Equal nodes of one kind in one building are a level.
 */
export function asBuiltNodes(
  nodes: NonNullable<Power["asBuilt"]>,
  phases: readonly PhasePlan[],
): readonly OneLineNode[] {
  const number = new Map(nodes.map(({ id }, index) => [id, index]));
  const racks = new Map(placesOf(phases).rack.map((place) => [place.id, place]));
  const buildings = new Map(phases.flatMap((phase) => phase.buildings.map(({ id }) => [id, phase.id] as const)));
  const numbers = (ids: readonly string[]) => ids.flatMap((id) => number.get(id) ?? []);
  return nodes.map((node, index): OneLineNode => {
    const at = `power.asBuilt[${index}]`;
    const rack = node.kind === "rack" ? racks.get(node.id) : undefined;
    return {
      id: node.id,
      ...(rack === undefined ? passesOn(node, at, buildings) : drawing(rack)),
      feeds: numbers(node.feeds),
      reserves: numbers(node.reserves ?? []),
    };
  });
}

function passesOn(
  node: NonNullable<Power["asBuilt"]>[number],
  at: string,
  buildings: ReadonlyMap<string, string>,
): Pick<OneLineNode, "element" | "building" | "phase" | "load" | "diversity"> {
  const building = node.id.split(".")[0] ?? "";
  const phase = buildings.get(building) ?? null;
  const element = elementOf(node, node.kind, node.kind, at);
  return { element, building: phase === null ? "site" : building, phase, load: 0, diversity: 1 };
}

/** A rack with its share of the IT beside it: an as-built list names no other loads. Diversity is left out: nothing says what one rack alone hangs on. */
function drawing({
  of,
  building,
  phase,
}: Place): Pick<OneLineNode, "element" | "building" | "phase" | "load" | "diversity"> {
  if (of === null) throw new Error("a rack stands in a building");
  const { rackWatts, otherIt } = of;
  const load = rackWatts === null || otherIt === null ? null : rackWatts * (1 + otherIt);
  return { element: rackElement(of), building, phase, load, diversity: 1 };
}
