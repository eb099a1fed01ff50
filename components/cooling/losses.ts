import type { OneLine, OneLineNode } from "../power/one-line/graph.ts";
import type { StudiedSteps } from "../power/steps.ts";
import type { CoolingLossPlan } from "./cooling-types.ts";
import type { CoolingInput } from "./levels.ts";
import type { CoolingState } from "./states.ts";
import type { CoolingStep, Uncooled } from "./study.ts";
import { stateShown } from "./worst-heat.ts";

interface Found {
  readonly step: CoolingStep;
  readonly number: number;
  readonly loss: Uncooled;
  readonly count: number;
}

/**
 * What leaves racks without cooling, once for each set of levels that is lost in a building: by the outage nearest to
 * the cooling, since those further up take it with them, and of one level by the outage that leaves most racks.
 */
export function planLosses(
  input: CoolingInput,
  line: OneLine,
  states: readonly CoolingState[],
  steps: readonly CoolingStep[],
  electrical: StudiedSteps | null,
): readonly CoolingLossPlan[] {
  const whereabouts = whereaboutsOf(line, electrical);
  const sizes = levelSizes(line);
  const levelOf = (number: number) => whereabouts((states[number] as CoolingState).shown.out[0] ?? "").level;
  const groups = new Map<string, Found>();
  for (const step of steps) {
    for (const [number, loss] of step.losses) {
      const key = lostOf(states[number] as CoolingState, number, line, sizes);
      const there = groups.get(key);
      const nearer =
        there === undefined ||
        (levelOf(number) === levelOf(there.number) ? loss.racks > there.loss.racks : number > there.number);
      groups.set(key, { ...(nearer ? { step, number, loss } : there), count: (there?.count ?? 0) + 1 });
    }
  }
  return [...groups.values()].map(({ step, number, loss, count }) => {
    const state = states[number] as CoolingState;
    const elements = elementsOut(state, line, sizes);
    const gone = elements.find((each) => each.out === each.of) ?? elements[0];
    return {
      ...whereabouts(state.shown.out[0] ?? ""),
      state: stateShown(states, step, number),
      racks: loss.accepted ? 0 : loss.racks,
      accepted: loss.accepted ? loss.racks : 0,
      elements,
      states: count,
      at: input.levels.find((each) => each.level.id === gone?.level)?.at ?? "cooling.levels",
    };
  });
}

/** What an outage costs the cooling: the levels of which nothing is left, else all of which something is out. */
function lostOf(state: CoolingState, number: number, line: OneLine, sizes: ReadonlyMap<string, number>): string {
  const { cause } = state.shown;
  if (cause === "stated") return `stated ${number}`;
  const elements = elementsOut(state, line, sizes);
  const gone = elements.filter(({ out, of }) => out === of);
  const building = line.nodes[state.out[0] as number]?.building ?? "";
  return `${cause} ${building} ${(gone.length > 0 ? gone : elements).map(({ level }) => level).join()}`;
}

interface Whereabouts {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
}

/** Level and building of a node of either graph, by its name. */
function whereaboutsOf(line: OneLine, electrical: StudiedSteps | null): (id: string) => Whereabouts {
  const byId = new Map<string, OneLineNode>();
  for (const node of electrical?.line.nodes ?? []) if (node.element.canFail) byId.set(node.id, node);
  for (const node of line.nodes) if (node.element.canFail) byId.set(node.id, node);
  return (id) => {
    const node = byId.get(id);
    return { level: node?.element.level ?? "", building: node?.building ?? "site", phase: node?.phase ?? null };
  };
}

const sizeKey = ({ element, building }: OneLineNode): string => `${building} ${element.level}`;

function levelSizes(line: OneLine): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const node of line.nodes) sizes.set(sizeKey(node), (sizes.get(sizeKey(node)) ?? 0) + 1);
  return sizes;
}

/** What of the cooling is out, level by level; of how many in the same building. */
function elementsOut(
  { out }: CoolingState,
  line: OneLine,
  sizes: ReadonlyMap<string, number>,
): CoolingLossPlan["elements"] {
  const groups = Map.groupBy(
    out.map((node) => line.nodes[node] as OneLineNode),
    sizeKey,
  );
  return [...groups].map(([key, nodes]) => ({
    level: nodes[0]?.element.level ?? "",
    out: nodes.length,
    of: sizes.get(key) ?? nodes.length,
  }));
}
