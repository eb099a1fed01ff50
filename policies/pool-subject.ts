import type { PoolPlan } from "../components/plan-types.ts";
import type { Input } from "./finding.ts";
import type { Subject } from "./rule.ts";

/** A pool as the subject of a rule that asks several things of it at once: as far as its phase is, so strictly it is held. */
export const poolSubject = (
  { id, state }: Pick<PoolPlan, "id" | "state">,
  at: string,
  inputs: readonly Input[],
  message: () => string,
): Subject => ({ id: `pools.${id}`, at, state, claim: "all-of", unit: "", inputs, message });
