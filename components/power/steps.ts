import type { PhasePlan } from "../plan-types.ts";
import { electricalOneLine, loadsOf, statedOutages } from "./electrical.ts";
import type { ConsumersOf } from "./one-line/expand.ts";
import type { OneLine, OneLineNode } from "./one-line/graph.ts";
import { type State, statesOf } from "./one-line/states.ts";
import { type Loads, NORMAL, type Study, study } from "./one-line/study.ts";
import type { LedgerRow, OutageState } from "./power-types.ts";
import type { Power } from "./schema.ts";

/** All states of one step of the phases, from a quarter on. */
export interface Step extends Study {
  readonly quarter: string;
  /** Whether loads are counted with the diversity of their building. */
  readonly withDiversity: boolean;
  /** What each node draws, in W. */
  readonly watts: Float64Array;
}

export interface StudiedSteps {
  readonly line: OneLine;
  readonly states: readonly State[];
  /** No phase that draws power ever leaves it, so that each step draws what the one before did, and more. */
  readonly steps: readonly Step[];
  /** The last step with every rack at its EDP peak at once; null where no peak is known. */
  readonly peak: Step | null;
}

/** Works through every outage in every step in which what draws power changes. Null where no one-line is stated. */
export function studySteps(
  power: Power,
  phases: readonly PhasePlan[],
  ledger: readonly LedgerRow[],
  consumersOf: ConsumersOf,
): StudiedSteps | null {
  const line = electricalOneLine(power, phases, consumersOf);
  if (line === null) return null;
  const states = statesOf(line, statedOutages(line, power));
  const drawing = drawingOf(ledger, phases);
  const steps = drawing.map((each) => stepOf(line, each.quarter, true, loadsOf(line, each.drawing), states));
  return { line, states, steps, peak: peakStep(line, phases, drawing.at(-1), states) };
}

function stepOf(line: OneLine, quarter: string, withDiversity: boolean, loads: Loads, states: readonly State[]): Step {
  return { quarter, withDiversity, watts: loads.watts, ...study(line, loads, states) };
}

/** Training draws its peaks at once, so that diversity does not lower them. */
function peakStep(
  line: OneLine,
  phases: readonly PhasePlan[],
  last: Drawing | undefined,
  states: readonly State[],
): Step | null {
  const peaks = new Map(
    phases.flatMap(({ buildings }) => buildings.map(({ id, rackPeakWatts }) => [id, rackPeakWatts] as const)),
  );
  if (last === undefined || [...peaks.values()].every((peak) => peak === null)) return null;
  const { watts, draws } = loadsOf(line, last.drawing);
  const atPeak = watts.map((load, node) => {
    const { element, building, diversity } = line.nodes[node] as OneLineNode;
    const isRack = element.kind === "rack" && draws[node] === 1;
    return isRack ? Math.max(load / diversity, peaks.get(building) ?? 0) : load;
  });
  return stepOf(line, last.quarter, false, { watts: atPeak, draws }, states);
}

interface Drawing {
  readonly quarter: string;
  readonly drawing: ReadonlySet<string>;
}

/** The quarters in which another set of phases draws power. */
export function drawingOf(ledger: readonly LedgerRow[], phases: readonly PhasePlan[]): readonly Drawing[] {
  const changes = ledger.filter((row, index) => row.phases.join() !== (ledger[index - 1]?.phases.join() ?? ""));
  const rows = changes.length > 0 ? changes : [{ quarter: phases[0]?.from ?? "", phases: [] }];
  return rows.map(({ quarter, phases: drawing }) => ({ quarter, drawing: new Set(drawing) }));
}

/** A state by the ids of what is out. */
export function outageState(line: OneLine, step: Step, number: number): OutageState {
  const state = number === NORMAL ? undefined : step.states[number];
  if (state === undefined) return { out: [], cause: "normal", why: null, quarter: step.quarter };
  const { out, cause } = state;
  const why = cause.kind === "stated" ? cause.why : null;
  return {
    out: out.map((node) => (line.nodes[node] as OneLineNode).id),
    cause: cause.kind,
    why,
    quarter: step.quarter,
  };
}
