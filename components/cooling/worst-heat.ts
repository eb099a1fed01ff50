import type { OneLine, OneLineNode } from "../power/one-line/graph.ts";
import { NORMAL } from "../power/one-line/study.ts";
import { totalAt, worstNode } from "../power/one-line/worst.ts";
import type { OutageState } from "../power/power-types.ts";
import type { CoolingLevelPlan } from "./cooling-types.ts";
import type { CoolingInput, ResolvedLevel } from "./levels.ts";
import { limitsOf } from "./limits.ts";
import type { CoolingState } from "./states.ts";
import type { CoolingStep } from "./study.ts";

/** Each level in each building with its worst element, in the order of the blueprint. */
export function planLevels(
  input: CoolingInput,
  line: OneLine,
  states: readonly CoolingState[],
  steps: readonly CoolingStep[],
): readonly CoolingLevelPlan[] {
  const nodes = [...line.nodes.keys()].filter((node) => line.nodes[node]?.element.canFail);
  const groups = Map.groupBy(nodes, (node) => {
    const { element, building } = line.nodes[node] as OneLineNode;
    return `${element.level} ${building}`;
  });
  const buildings = [...new Set(line.nodes.map(({ building }) => building))];
  return input.levels.flatMap((level) =>
    buildings.flatMap((building) => {
      const own = groups.get(`${level.level.id} ${building}`);
      return own === undefined ? [] : planLevel(level, own, input, line, states, steps);
    }),
  );
}

function planLevel(
  resolved: ResolvedLevel,
  nodes: readonly number[],
  input: CoolingInput,
  line: OneLine,
  states: readonly CoolingState[],
  steps: readonly CoolingStep[],
): readonly CoolingLevelPlan[] {
  const found = worstNode(nodes, line, steps, (step, node) => step.worst[node] as number);
  if (found === null) return [];
  const { node, step } = found;
  const { level, at, takes, to } = resolved;
  const { id, building, phase } = line.nodes[node] as OneLineNode;
  return [
    {
      id: level.id,
      kind: level.kind,
      building,
      phase,
      per: level.per,
      scheme: level.scheme,
      count: level.count,
      elements: nodes.length,
      worst: {
        element: id,
        load: totalAt(line, node, step.worst[node] as number),
        state: stateShown(states, step, step.worstIn[node] as number),
      },
      ...limitsOf(resolved, input),
      draw: level.draw.value,
      takes,
      to: to === null ? null : (input.levels[to]?.level.id ?? null),
      fedBy: level.fedBy ?? null,
      at,
    },
  ];
}

/** A state by the names of what is out, in the quarter that it comes to this. */
export function stateShown(states: readonly CoolingState[], { quarter }: CoolingStep, number: number): OutageState {
  const state = number === NORMAL ? undefined : states[number];
  return state === undefined ? { out: [], cause: "normal", why: null, quarter } : { ...state.shown, quarter };
}
