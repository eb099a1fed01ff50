/** What a phase has reached; what must be proved rises with it. */
export const PHASE_STATES = [
  "designed",
  "permitted",
  "under-construction",
  "energized",
  "commissioned",
  "burn-in",
  "accepted",
  "online",
  "retired",
] as const;
export type PhaseState = (typeof PHASE_STATES)[number];

export const isPhaseState = (text: string): text is PhaseState => (PHASE_STATES as readonly string[]).includes(text);

/** True where `state` lies at or past `bound` on the way to online. */
export const hasReached = (state: PhaseState, bound: PhaseState): boolean =>
  PHASE_STATES.indexOf(state) >= PHASE_STATES.indexOf(bound);

/** The most advanced state of phases that share something, so that what must be proved is never too little; retired ones no longer count. "designed" of none. */
export const furthestState = (phases: readonly { readonly state: PhaseState }[]): PhaseState =>
  phases
    .map(({ state }) => state)
    .filter((state) => state !== "retired")
    .reduce((furthest, state) => (hasReached(state, furthest) ? state : furthest), "designed");

/** Workloads may run: the racks are accepted, and not yet taken out. */
export const isOpen = (state: PhaseState): boolean => state === "accepted" || state === "online";
