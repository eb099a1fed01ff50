import type { SupplyPlan } from "../plan-types.ts";
import { times } from "../quantity.ts";
import { isWithin } from "../site/quarter.ts";
import { expandIds } from "../site/template.ts";
import type { Plant, Power, Service } from "./schema.ts";
import { survivors } from "./scheme.ts";

/** What supplies the site in a quarter, in blueprint order: services first, then plants. */
export function suppliesIn(quarter: string, power: Power): readonly SupplyPlan[] {
  const services = power.services.map((service, index) => ({ ...service, plans: serviceSupplies(service, index) }));
  const plants = power.generation.map((plant, index) => ({ ...plant, plans: [plantSupply(plant, index)] }));
  return [...services, ...plants]
    .filter(({ from, until }) => isWithin(quarter, from, until))
    .flatMap(({ plans }) => plans);
}

/** Quarters in which a supply begins, and those after one ends. */
export function supplyQuarters(power: Power): readonly string[] {
  return [...power.services, ...power.generation].flatMap(({ from, until }) =>
    until === undefined ? [from] : [from, until],
  );
}

/** A run of equal contracts ("bridge-{1..4}") states its figures for each of them. */
function serviceSupplies(service: Service, index: number): readonly SupplyPlan[] {
  const at = `power.services[${index}]`;
  return expandIds(service.id).map((id) => ({
    id,
    contracted: service.contracted.value,
    firm: service.firm.value,
    contractedAt: `${at}.contracted`,
    firmAt: `${at}.firm`,
    at,
  }));
}

/** Firm power of a plant is what its scheme leaves up, never its nameplate: 15 × 15 MW at N+1 is 210 MW. */
function plantSupply(plant: Plant, index: number): SupplyPlan {
  const units = plant.units.value;
  const unit = plant.unit.value;
  const known = units !== null && unit !== null;
  const at = `power.generation[${index}]`;
  const statedAt = known ? at : `${at}.${units === null ? "units" : "unit"}`;
  return {
    id: plant.id,
    contracted: known ? times(units, unit) : null,
    firm: known ? times(survivors(plant.scheme, units), unit) : null,
    contractedAt: statedAt,
    firmAt: statedAt,
    at,
  };
}
