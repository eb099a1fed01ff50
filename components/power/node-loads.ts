import type { Watts } from "../quantity.ts";
import { mostAt } from "./levels.ts";
import { type Element, type OneLineNode, wholeWatts } from "./one-line/graph.ts";
import type { OutageState } from "./power-types.ts";
import { outageState, type Step, type StudiedSteps } from "./steps.ts";

/** A node of the one-line with its load with nothing out and the most that it carries. */
export interface NodeLoad {
  readonly id: string;
  readonly kind: Element["kind"];
  readonly feeds: readonly string[];
  readonly reserves: readonly string[];
  /** Rating × derating; "none" where nothing limits it, null where the rating is not known. */
  readonly usable: Watts | "none" | null;
  readonly normal: Watts;
  readonly worst: Watts;
  /** False where a load or an efficiency below it is not known: the loads are then floors. */
  readonly complete: boolean;
  readonly state: OutageState;
}

/** Every node, from the sources down, in the step and state that ask most of it. */
export function nodeLoads(studied: StudiedSteps | null): readonly NodeLoad[] {
  if (studied === null) return [];
  const { line, steps } = studied;
  const nameOf = (node: number) => (line.nodes[node] as OneLineNode).id;
  return line.nodes.map(({ id, element, feeds, reserves, diversity }, node): NodeLoad => {
    const step = worstStep(steps, node);
    const { usable } = element;
    return {
      id,
      kind: element.kind,
      feeds: feeds.map(nameOf),
      reserves: reserves.map(nameOf),
      usable: usableOf(usable),
      normal: wholeWatts((step.normal[node] as number) / diversity),
      worst: wholeWatts(mostAt(line, step, node)),
      complete: line.open[node] === 0,
      state: outageState(line, step, step.worstIn[node] as number),
    };
  });
}

function usableOf(usable: number | null): NodeLoad["usable"] {
  if (usable === null) return null;
  return Number.isFinite(usable) ? (usable as Watts) : "none";
}

const worstStep = (steps: readonly Step[], node: number): Step =>
  steps.reduce((worst, step) => ((step.worst[node] as number) > (worst.worst[node] as number) ? step : worst));
