import type { Plan } from "../components/plan-types.ts";
import { furthestState, type PhaseState } from "../components/site/phase-state.ts";

/** State of a phase; what belongs to the whole site has reached what the furthest of its phases has. */
export const stateOf = (plan: Plan, phase: string | null): PhaseState | null =>
  furthestState(phase === null ? plan.phases : plan.phases.filter(({ id }) => id === phase));
