import type { Count, EndpointPlan, MoneyTotal } from "../../components/plan-types.ts";
import { showUsd, showWatts } from "../../components/quantity.ts";
import type { Total } from "../../components/total.ts";

/** A sum with something missing is shown as its floor; one of which nothing is known, as unknown. */
export function showTotal({ known, missing }: Total): string {
  if (missing.length === 0) return showWatts(known);
  return known === 0 ? "unknown" : `≥ ${showWatts(known)}`;
}

/** The same for money. */
export function showMoney({ known, missing }: MoneyTotal): string {
  if (missing.length === 0) return showUsd(known);
  return known === 0n ? "unknown" : `≥ ${showUsd(known)}`;
}

/** "48,672", or unknown. */
export const showCount = (value: Count): string => (value === null ? "unknown" : value.toLocaleString("en-US"));

/** Copies of an endpoint: those of prompts before those of answers. */
export const showCopies = (roles: EndpointPlan["roles"]): string =>
  roles.map(({ replicas }) => showCount(replicas)).join(" + ");
