import { isDay } from "../../components/site/day.ts";
import { isPhaseState, PHASE_STATES, type PhaseState } from "../../components/site/phase-state.ts";

/** The day and the state that the pack judges by, or why the environment names none. */
export type AsOf =
  | { readonly ok: true; readonly today: string; readonly asState: PhaseState | null }
  | { readonly ok: false; readonly problem: string };

/**
 * `MILLRACE_TODAY` and `MILLRACE_AS_STATE` stand for the day and for the state of every phase; without them it is the
 * day of the clock and each phase's own state. A variable that cannot be read is said, never passed over.
 */
export function asOf(environment: Readonly<Record<string, string | undefined>>, clock: () => Date): AsOf {
  const today = environment.MILLRACE_TODAY || clock().toISOString().slice(0, 10);
  const state = environment.MILLRACE_AS_STATE || null;
  if (!isDay(today)) return refused("MILLRACE_TODAY", today, "a day, as in 2026-11-24");
  if (state !== null && !isPhaseState(state)) return refused("MILLRACE_AS_STATE", state, PHASE_STATES.join(", "));
  return { ok: true, today, asState: state };
}

const refused = (variable: string, got: string, allowed: string): AsOf => ({
  ok: false,
  problem: `${variable}: got ${got}, allowed ${allowed}; correct or unset it`,
});
