import type { PhasePlan } from "../components/plan-types.ts";
import { furthestOf, type PhaseState } from "../components/site/phase-state.ts";

/** The most advanced state of phases that share something, so that what must be proved is never too little; retired ones no longer count. */
export const furthestState = (phases: readonly PhasePlan[]): PhaseState =>
  furthestOf(phases.map(({ state }) => state).filter((state) => state !== "retired"));
