import { times } from "../quantity.ts";
import { isWithin } from "../site/quarter.ts";
import { expandIds } from "../site/template.ts";
import type { SupplyPlan } from "./power-types.ts";
import type { Plant, Power, Service } from "./schema.ts";
import { survivors } from "./scheme.ts";

/** A contract or a plant: what it supplies, and the quarters in which it does. */
export interface Source {
  readonly from: string;
  readonly until?: string | undefined;
  readonly supplies: readonly SupplyPlan[];
}

/** Everything that ever supplies the site, in blueprint order: services first, then plants. */
export const sourcesOf = ({ services, generation }: Power): readonly Source[] => [
  ...services.map((service, index) => ({
    from: service.from,
    until: service.until,
    supplies: serviceSupplies(service, index),
  })),
  ...generation.map((plant, index) => ({
    from: plant.from,
    until: plant.until,
    supplies: [plantSupply(plant, index)],
  })),
];

/** What supplies the site in a quarter. */
export const suppliesIn = (quarter: string, sources: readonly Source[]): readonly SupplyPlan[] =>
  sources.filter(({ from, until }) => isWithin(quarter, from, until)).flatMap(({ supplies }) => supplies);

/** First quarter of each supply, and the last of one that ends. */
export const supplyQuarters = (sources: readonly Source[]): readonly string[] =>
  sources.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));

/** A run of equal contracts ("bridge-{1..4}") states its figures for each of them. */
function serviceSupplies(service: Service, index: number): readonly SupplyPlan[] {
  const at = `power.services[${index}]`;
  return expandIds(service.id).map((id) => ({
    id,
    contracted: service.contracted.value,
    firm: service.firm.value,
    contractedAt: `${at}.contracted`,
    firmAt: `${at}.firm`,
    ramp: service.ramp?.value ?? null,
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
    ramp: plant.ramp?.value ?? null,
    at,
  };
}
