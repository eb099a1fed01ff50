import { isDay } from "../components/site/day.ts";
import { didYouMean } from "../components/site/nearest.ts";
import { isPhaseState, PHASE_STATES, type PhaseState } from "../components/site/phase-state.ts";
import { Problem } from "./problem.ts";

/** What a site is judged by: a day, and a state that stands for each phase's own. */
export interface AsOf {
  readonly today: string;
  readonly asState: PhaseState | null;
}

/** `--as-of`: a state or a day; without it, today and each phase's own state. */
export function readAsOf(text: string | undefined): AsOf {
  const today = new Date().toISOString().slice(0, 10);
  if (text === undefined) return { today, asState: null };
  if (isPhaseState(text)) return { today, asState: text };
  if (isDay(text)) return { today: text, asState: null };
  throw new Problem({
    what: "--as-of",
    got: text,
    allowed: `a day, as in 2026-11-24, or one of ${PHASE_STATES.join(", ")}`,
    fix: didYouMean(text, PHASE_STATES, "write a day or a state"),
  });
}
