import type { Catalog } from "./catalog/catalog.ts";
import { planHalls } from "./compute/halls.ts";
import { planPhases } from "./compute/phases.ts";
import { planPools } from "./compute/pools.ts";
import { coolingConsumers } from "./cooling/consumers.ts";
import { coolingModel } from "./cooling/model.ts";
import { planCooling } from "./cooling/plan.ts";
import { estimateCost } from "./cost/estimate.ts";
import { rentCost } from "./cost/rent.ts";
import type { Cost, OwnersCost } from "./cost/schema.ts";
import { planFabrics, switchLoads } from "./network/fabric-plan.ts";
import { siteFabrics } from "./network/fabrics.ts";
import { planNetwork } from "./network/plan.ts";
import type { CostPlan, DemandFigure, PhasePlan, Plan, StatedFact } from "./plan-types.ts";
import { planCurtailment } from "./power/curtailment.ts";
import { type Electrical, planElectrical } from "./power/failures.ts";
import { planLedger } from "./power/ledger.ts";
import { type StudiedSteps, studySteps } from "./power/steps.ts";
import type { MicroUsd } from "./quantity.ts";
import { planCapacities } from "./serving/endpoint-capacity.ts";
import { planEndpoints, planRouter, planTenants } from "./serving/endpoints.ts";
import { servedTokensPerS } from "./serving/served-tokens.ts";
import { settleEndpoints } from "./serving/settle.ts";
import { furthestState, type PhaseState } from "./site/phase-state.ts";
import type { Site } from "./site/schema.ts";
import { statedFacts } from "./site/stated-facts.ts";
import { planStudies } from "./studies.ts";

/** The plan, and the study of the electrical one-line that it tells of: null where the blueprint states none. */
export interface PlannedSite {
  readonly plan: Plan;
  readonly electrical: StudiedSteps | null;
}

/** Everything computed from the blueprint and the catalog: pure, the plan frozen, the same bytes for the same input. */
export function planSite(siteId: string, site: Site, catalog: Catalog): PlannedSite {
  const stated = siteFabrics(site, catalog);
  const phases = planPhases(site, catalog, switchLoads(stated, site.network.ways ?? null));
  const { power } = site;
  const ledger = power === undefined ? [] : planLedger(power, phases);
  const cooling = coolingModel(site.cooling, phases, catalog);
  const electrical = power === undefined ? null : studySteps(power, phases, ledger, coolingConsumers(cooling));
  const pools = planPools(site, phases, catalog);
  const cost =
    site.target.kind === "aws"
      ? rentCost(site.cost, pools, site.target)
      : estimateCost(ownersCost(site.cost), phases, pools, ledger, catalog);
  const economics = { pue: power?.pue.value ?? null, perGpuHour: perGpuHourOf(cost) };
  const served = settleEndpoints(site.serving, pools, catalog, economics);
  const endpoints = planEndpoints(served, pools);
  const capacity = planCapacities(served, pools, catalog, economics);
  const plan: Omit<Plan, "studies"> = {
    apiVersion: "millrace/plan/v1",
    site: siteId,
    name: site.site.name,
    timeZone: site.site.timeZone,
    demand: planDemand(site),
    phases,
    ledger,
    ...(power === undefined ? NO_POWER : planElectrical(power, phases, electrical)),
    cooling: cooling === null ? null : planCooling(cooling, ledger, electrical),
    halls: planHalls(site, phases, catalog),
    pools,
    endpoints,
    router: planRouter(site.serving),
    curtailment: planCurtailment(power?.curtailment, ledger, pools, endpoints, servedTokensPerS(capacity), catalog),
    capacity,
    tenants: planTenants(site.serving),
    network: planNetwork(
      site.network,
      site.target,
      pools,
      planFabrics(stated, phases, site.network.ways ?? null, catalog),
    ),
    alerts: power?.alerts ?? null,
    cost,
    facts: [...planFacts(site, phases), ...settingFacts(site, pools), ...imageFacts(site, pools)],
    target: site.target,
  };
  return { plan: freeze({ ...plan, studies: planStudies(site, plan, catalog.studies) }), electrical };
}

const perGpuHourOf = ({ pools }: CostPlan): ReadonlyMap<string, MicroUsd | null> =>
  new Map(pools.map(({ pool, perGpuHour }) => [pool, perGpuHour]));

/** Of a site that rents its instances. */
const NO_POWER: Electrical = { distribution: [], failures: null };

/** A site with racks states what they cost: load lets none through that does not. */
function ownersCost(cost: Cost): OwnersCost {
  const { tariff, wacc, itLife, facilityLife, facilityPerWatt } = cost;
  if (tariff && wacc && itLife !== undefined && facilityLife !== undefined && facilityPerWatt)
    return { ...cost, tariff, wacc, itLife, facilityLife, facilityPerWatt };
  throw new Error("a site with racks has no cost of its own: load lets none through");
}

const planDemand = (site: Site): readonly DemandFigure[] =>
  (site.site.demand ?? []).map(({ said, power }, index) => ({
    said,
    power: power.value,
    source: power.source,
    at: `site.demand[${index}].power`,
  }));

/** Figures with the furthest state of the phases that rest on them: those of a building, else of the site. */
function planFacts(site: Site, phases: readonly PhasePlan[]): readonly StatedFact[] {
  const furthest = furthestState(phases);
  const homes = Map.groupBy(
    phases.flatMap((phase) => phase.buildings.map(({ at }) => ({ at, phase }))),
    ({ at }) => at,
  );
  const ofBuilding = new Map([...homes].map(([at, home]) => [at, furthestState(home.map(({ phase }) => phase))]));
  return statedFacts(site)
    .filter(({ at, fact }) => !at.startsWith("site.demand") || fact.value !== null)
    .map(({ at, fact }) => ({
      at,
      known: fact.value !== null,
      source: fact.source,
      assumed: fact.assumed,
      state: ofBuilding.get(at.replace(/\.(?:otherIt|hall\..*)$/, "")) ?? furthest,
    }))
    .sort((left, right) => (left.at < right.at ? -1 : 1));
}

/** What nodes are set to is found out like a figure. */
const settingFacts = (
  site: Site,
  pools: readonly { readonly id: string; readonly state: PhaseState }[],
): readonly StatedFact[] => {
  const stateOf = new Map(pools.map(({ id, state }) => [id, state]));
  return site.pools.flatMap(({ id, memlock, remediation }, index) =>
    Object.entries({ memlock, remediation }).flatMap(([key, setting]) =>
      setting === undefined
        ? []
        : [
            {
              at: `pools[${index}].${key}`,
              known: setting.value !== "unknown",
              source: setting.source ?? null,
              assumed: setting.assumed ?? false,
              state: stateOf.get(id) ?? "designed",
            },
          ],
    ),
  );
};

/** A digest is a figure of others too: it needs the place where it was looked up. */
function imageFacts(
  site: Site,
  pools: readonly { readonly id: string; readonly state: PhaseState }[],
): readonly StatedFact[] {
  const stateOf = new Map(pools.map(({ id, state }) => [id, state]));
  const { endpoints, router } = site.serving;
  const engines = endpoints.map(({ image, pool }, index) => ({
    image,
    at: `serving.endpoints[${index}].image`,
    state: stateOf.get(pool) ?? ("designed" as const),
  }));
  const routers = (["picker", "sidecar"] as const).flatMap((part) =>
    router === undefined ? [] : [{ image: router[part], at: `serving.router.${part}`, state: furthestState(pools) }],
  );
  return [...engines, ...routers].flatMap(({ image, at, state }) =>
    image.digest === undefined
      ? []
      : [{ at: `${at}.digest`, known: true, source: image.source ?? null, assumed: false, state }],
  );
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
