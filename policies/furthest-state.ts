import type { PhasePlan } from "../components/plan-types.ts";
import { PHASE_STATES, type PhaseState } from "../components/site/phase-state.ts";

/** The most advanced state of phases that share something, so that what must be proved is never too little; retired ones no longer count. */
export function furthestState(phases: readonly PhasePlan[]): PhaseState {
  const reached = phases.filter(({ state }) => state !== "retired").map(({ state }) => PHASE_STATES.indexOf(state));
  return PHASE_STATES[Math.max(0, ...reached)] ?? "designed";
}
