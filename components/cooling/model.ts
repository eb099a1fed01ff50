import type { Catalog } from "../catalog/catalog.ts";
import type { PhasePlan } from "../plan-types.ts";
import { type Heat, planHeat } from "./heat.ts";
import { type CoolingInput, coolingInput } from "./levels.ts";
import type { Cooling } from "./schema.ts";

/** What the blueprint and the catalog say of the cooling, and the heat of the buildings of its phases. */
export interface CoolingModel extends CoolingInput {
  readonly phases: readonly PhasePlan[];
  readonly heat: readonly Heat[];
}

/** Null where the blueprint does not say how the heat leaves the racks. */
export function coolingModel(
  cooling: Cooling | undefined,
  phases: readonly PhasePlan[],
  catalog: Catalog,
): CoolingModel | null {
  if (cooling === undefined) return null;
  const input = coolingInput(cooling, catalog);
  return { ...input, phases, heat: planHeat(input, phases) };
}
