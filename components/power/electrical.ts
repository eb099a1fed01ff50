import type { PhasePlan } from "../plan-types.ts";
import { asBuiltNodes } from "./one-line/as-built.ts";
import { type ConsumersOf, expandLevels } from "./one-line/expand.ts";
import { type OneLine, oneLine } from "./one-line/graph.ts";
import type { StatedOutage } from "./one-line/states.ts";
import type { Loads } from "./one-line/study.ts";
import type { Power } from "./schema.ts";

/** The electrical one-line of a site: as it was built where that is written out, else from its levels. Null where neither is. */
export function electricalOneLine(
  power: Power,
  phases: readonly PhasePlan[],
  consumersOf: ConsumersOf,
): OneLine | null {
  const nodes =
    power.asBuilt === undefined ? expandLevels(power, phases, consumersOf) : asBuiltNodes(power.asBuilt, phases);
  return nodes.length === 0 ? null : oneLine(nodes);
}

/** Outages of several nodes that the blueprint asks for; their names are checked when it is loaded. */
export function statedOutages(line: OneLine, power: Power): readonly StatedOutage[] {
  if (power.outages === undefined) return [];
  const number = new Map(line.nodes.map(({ id }, index) => [id, index]));
  return power.outages.map(({ ids, why }) => ({ nodes: ids.flatMap((id) => number.get(id) ?? []), why }));
}

/**
 * What draws power while the phases given do, what belongs to no phase with the first of them; a load that is not known
 * is 0 here, and its node stays open.
 */
export function loadsOf(line: OneLine, drawing: ReadonlySet<string>): Loads {
  const draws = new Uint8Array(line.count);
  const watts = new Float64Array(line.count);
  const design = new Float64Array(line.count);
  line.nodes.forEach(({ load, designLoad = load, phase }, node) => {
    if (load === 0 || (phase === null ? drawing.size === 0 : !drawing.has(phase))) return;
    draws[node] = 1;
    watts[node] = load ?? 0;
    design[node] = designLoad ?? 0;
  });
  return { draws, watts, design };
}
