import type { Catalog, Price } from "../catalog/catalog.ts";
import type { BuildingPlan, CostLine, CostPlan, PhasePlan, PoolPlan, PriceUse } from "../plan-types.ts";
import type { LedgerRow } from "../power/power-types.ts";
import { type MicroUsd, microUsd } from "../quantity.ts";
import { addCounts, addTotals, type Total } from "../total.ts";
import { line, NONE, perGpu, sum } from "./lines.ts";
import { type Borne, poolCosts } from "./pool-costs.ts";
import { recoveredPerHour } from "./recovery.ts";
import type { OwnersCost } from "./schema.ts";

const DAY_S = 86_400;
const NO_LOAD = addTotals([]);

/** A first cost of the whole site as built: capital, and capital recovery plus energy for an hour at full load. */
export function estimateCost(
  cost: OwnersCost,
  phases: readonly PhasePlan[],
  pools: readonly PoolPlan[],
  ledger: readonly LedgerRow[],
  catalog: Catalog,
): CostPlan {
  const racks = rackCounts(phases);
  const full = ledger.at(-1);
  const ofRacks = new Map(
    [...racks].map(([system, count]) => [system, rackLine(system, count, catalog.prices.get(system), cost)] as const),
  );
  const shared = [facilityLine(full?.it ?? NO_LOAD, cost), energyLine(full?.meter ?? NO_LOAD, cost)];
  const lines = [...ofRacks.values(), ...shared];
  const perHour = sum(lines, "perHour");
  const gpus = full?.gpus ?? null;
  return {
    lines,
    capex: sum(lines, "capex"),
    perHour,
    perGpuHour: perGpu(perHour, gpus),
    pools: poolCosts(pools, borneOf({ racks, ofRacks, shared, watts: rackWatts(phases) })),
    budgetCapex: cost.budget.capex === undefined ? null : { value: cost.budget.capex.value, at: "cost.budget.capex" },
    budgetPerHour: { value: cost.budget.perHour.value, at: "cost.budget.perHour" },
    prices: [...racks.keys()].flatMap((system) => priceUse(system, catalog.prices.get(system))),
    priceAgeDays: cost.priceAge / DAY_S,
    at: "cost",
  };
}

interface Shares {
  /** Racks of each system, and the line of each. */
  readonly racks: ReadonlyMap<string, number>;
  readonly ofRacks: ReadonlyMap<string, CostLine>;
  /** Lines of the site, and the TDP of all its racks, by which they are shared out. */
  readonly shared: readonly CostLine[];
  readonly watts: number | null;
}

/** Of the racks of its system a pool bears its own; of the facility and the energy, by the TDP of its racks. */
const borneOf =
  ({ racks, ofRacks, shared, watts }: Shares) =>
  ({ system, racks: own, it }: PoolPlan): readonly Borne[] => {
    const line = ofRacks.get(system);
    const part = it.missing.length > 0 ? null : it.known;
    return [
      ...(line === undefined ? [] : [{ line, part: own, whole: racks.get(system) ?? null }]),
      ...shared.map((each) => ({ line: each, part, whole: watts })),
    ];
  };

const builtIn = (phases: readonly PhasePlan[]): readonly BuildingPlan[] =>
  phases.filter(({ state }) => state !== "retired").flatMap(({ buildings }) => buildings);

const rackWatts = (phases: readonly PhasePlan[]): number | null =>
  addCounts(
    builtIn(phases).map((building) => (building.rackWatts === null ? null : building.rackWatts * building.racks)),
  );

/** Racks of each system, by id, over phases that are not retired. */
function rackCounts(phases: readonly PhasePlan[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { system, racks } of builtIn(phases)) counts.set(system, (counts.get(system) ?? 0) + racks);
  return new Map([...counts].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function rackLine(system: string, count: number, price: Price | undefined, cost: OwnersCost): CostLine {
  const each = price?.rack.value ?? null;
  const from = `catalog:prices/${system}/rack`;
  const capex = each === null ? null : microUsd(each * BigInt(count));
  return line(
    `racks-${system}`,
    `${count} racks ${system}`,
    capex,
    recovered(capex, cost.itLife, cost),
    [from],
    [...(each === null ? [from] : []), ...(cost.wacc.value === null ? ["cost.wacc"] : [])],
  );
}

function facilityLine(it: Total, cost: OwnersCost): CostLine {
  const perWatt = cost.facilityPerWatt.value;
  const missing = [...it.missing, ...(perWatt === null ? ["cost.facilityPerWatt"] : [])];
  const capex = perWatt === null || missing.length > 0 ? null : microUsd(perWatt * BigInt(it.known));
  return line(
    "facility",
    "shell, power and cooling",
    capex,
    recovered(capex, cost.facilityLife, cost),
    ["cost.facilityPerWatt"],
    [...missing, ...(cost.wacc.value === null ? ["cost.wacc"] : [])],
  );
}

/** Energy at full load: watts at the meter × tariff, in whole micro-dollars, rounded up. */
function energyLine(meter: Total, cost: OwnersCost): CostLine {
  const tariff = cost.tariff.value;
  const missing = [...meter.missing, ...(tariff === null ? ["cost.tariff"] : [])];
  const perHour =
    tariff === null || missing.length > 0 ? null : microUsd((BigInt(meter.known) * tariff + 999n) / 1000n);
  return line("energy", "energy at full load", NONE, perHour, ["cost.tariff"], missing);
}

const recovered = (capex: MicroUsd | null, life: number, cost: OwnersCost): MicroUsd | null =>
  capex === null || cost.wacc.value === null ? null : recoveredPerHour(capex, cost.wacc.value, life);

const priceUse = (system: string, price: Price | undefined): readonly PriceUse[] =>
  price === undefined
    ? []
    : [{ of: system, date: price.rack.date, source: price.rack.source, at: `catalog:prices/${system}/rack` }];
