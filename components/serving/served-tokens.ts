import type { CapacityPlan } from "./capacity-plan.ts";

/**
 * Output tokens a second that each endpoint serves in its busiest minute, no more than it carries within its objective:
 * what is lost while it is down. Whole, rounded up; an endpoint of which nothing is predicted is not in it.
 */
export const servedTokensPerS = (capacity: readonly CapacityPlan[]): ReadonlyMap<string, number> =>
  new Map(
    capacity.flatMap(({ endpoint, outcome }) => {
      if (outcome.kind !== "predicted") return [];
      const { demand, outputTokensPerS } = outcome;
      return [[endpoint, Math.ceil(Math.min(demand.peakRequestsPerS * demand.outputTokens, outputTokensPerS.value))]];
    }),
  );
