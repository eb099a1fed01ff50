import { normalFlow } from "../power/one-line/flow.ts";
import { NOISE_WATTS, type OneLine, type OneLineNode } from "../power/one-line/graph.ts";
import { type Change, outages } from "../power/one-line/outage.ts";
import { NORMAL } from "../power/one-line/study.ts";
import type { Circuit } from "./circuit.ts";
import type { CoolingState } from "./states.ts";

/** Racks that lose their coolant or the air of their pod, by name. */
export interface Uncooled {
  readonly racks: number;
  /** All that is out is of a level of which all are needed: there is nothing that was to stand in. */
  readonly accepted: boolean;
}

/** What all states come to in one step of the phases. */
export interface CoolingStep {
  readonly quarter: string;
  readonly normal: Float64Array;
  readonly worst: Float64Array;
  readonly worstIn: Int32Array;
  readonly losses: ReadonlyMap<number, Uncooled>;
}

/** Works through the states: the largest heat on each element, and the racks that no element cools any more. */
export function coolingStudy(
  { line, racksOf }: Circuit,
  states: readonly CoolingState[],
  { quarter, drawing }: { readonly quarter: string; readonly drawing: ReadonlySet<string> },
): CoolingStep {
  const isThere = Uint8Array.from(line.nodes, ({ phase }) => (phase === null || drawing.has(phase) ? 1 : 0));
  const heat = Float64Array.from(line.nodes, ({ load }, node) => (isThere[node] === 1 ? (load ?? 0) : 0));
  const normal = normalFlow(line, heat);
  const worst = Float64Array.from(normal);
  const worstIn = new Int32Array(line.count).fill(NORMAL);
  const losses = new Map<number, Uncooled>();
  const after = outages(line, heat);
  states.forEach(({ out, darkRacks }, state) => {
    if (out.every((node) => isThere[node] === 0)) return;
    const change = after(out);
    for (const node of change.changed) {
      const carried = change.carried(node);
      if (carried <= (worst[node] as number) + NOISE_WATTS) continue;
      worst[node] = carried;
      worstIn[node] = state;
    }
    const racks = uncooled(change, line, isThere, racksOf, darkRacks);
    if (racks > 0) losses.set(state, { racks, accepted: out.every((node) => isNeeded(line, node)) });
  });
  return { quarter, normal, worst, worstIn, losses };
}

const isNeeded = (line: OneLine, node: number): boolean => (line.nodes[node] as OneLineNode).element.allNeeded;

/** Racks with power whose liquid, or the air of whose pod, nothing takes. */
function uncooled(
  change: Change,
  line: OneLine,
  isThere: Uint8Array,
  racksOf: Circuit["racksOf"],
  darkRacks: ReadonlySet<string>,
): number {
  const hot = new Set<string>();
  for (const node of change.dead) {
    if (isThere[node] === 0) continue;
    const { id } = line.nodes[node] as OneLineNode;
    for (const rack of racksOf.get(id) ?? []) if (!darkRacks.has(rack)) hot.add(rack);
  }
  return hot.size;
}
