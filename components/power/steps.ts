import type { LedgerRow, OutageState, PhasePlan } from "../plan-types.ts";
import { electricalOneLine, loadsOf, statedOutages } from "./electrical.ts";
import type { OneLine, OneLineNode } from "./one-line/graph.ts";
import { type State, statesOf } from "./one-line/states.ts";
import { NORMAL, type Study, study } from "./one-line/study.ts";
import type { Power } from "./schema.ts";

/** All states of one step of the phases, from a quarter on. */
export interface Step extends Study {
  readonly quarter: string;
}

interface StudiedSteps {
  readonly line: OneLine;
  readonly states: readonly State[];
  readonly steps: readonly Step[];
}

/** Works through every outage in every step in which what draws power changes. Null where no one-line is stated. */
export function studySteps(
  power: Power,
  phases: readonly PhasePlan[],
  ledger: readonly LedgerRow[],
): StudiedSteps | null {
  const line = electricalOneLine(power, phases);
  if (line === null) return null;
  const states = statesOf(line, statedOutages(line, power));
  const steps = drawingOf(ledger, phases).map(
    ({ quarter, drawing }): Step => ({ quarter, ...study(line, loadsOf(line, drawing), states) }),
  );
  return { line, states, steps };
}

/** The quarters in which another set of phases draws power. */
function drawingOf(
  ledger: readonly LedgerRow[],
  phases: readonly PhasePlan[],
): readonly { readonly quarter: string; readonly drawing: ReadonlySet<string> }[] {
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
