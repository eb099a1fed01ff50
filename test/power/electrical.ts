import type { BuildingPlan, PhasePlan } from "../../components/plan-types.ts";
import { planElectrical } from "../../components/power/failures.ts";
import { planLedger } from "../../components/power/ledger.ts";
import type { Level, Power } from "../../components/power/schema.ts";
import { studySteps } from "../../components/power/steps.ts";
import type { Ratio, Seconds, Watts } from "../../components/quantity.ts";
import type { Fact } from "../../components/site/fields.ts";

export const kw = (value: number) => Math.round(value * 1e3) as Watts;
export const fact = <T>(value: T | null): Fact<T> => ({ value, source: "document", assumed: false });
export const seconds = (value: number) => fact(value as Seconds);

export const building = (parts: Partial<BuildingPlan> = {}): BuildingPlan => {
  const { halls, podsPerHall, racksPerPod } = { halls: 1, podsPerHall: 1, racksPerPod: 8, ...parts };
  const racks = halls * podsPerHall * racksPerPod;
  return {
    id: "b1",
    system: "gb300-nvl72",
    halls,
    podsPerHall,
    racksPerPod,
    racks,
    rackWatts: kw(142),
    rackPeakWatts: null,
    otherIt: 0 as Ratio,
    workload: null,
    diversity: null,
    switches: { known: 0 as Watts, missing: [] },
    it: { known: kw(racks * 142), missing: [] },
    at: "buildings[0]",
    ...parts,
  };
};
export const phase = (of: BuildingPlan, parts: Partial<PhasePlan> = {}): PhasePlan => ({
  id: "p",
  from: "2026-Q4",
  state: "designed",
  buildings: [of],
  instances: [],
  racks: of.racks,
  gpus: of.racks * 72,
  it: of.it,
  evidence: [],
  at: "phases[0]",
  ...parts,
});
export const level = (parts: Partial<Level>): Level => ({
  id: "ups",
  per: "building",
  count: 4,
  rating: fact(kw(500)),
  derating: 1 as Ratio,
  scheme: "4N/3",
  ...parts,
});
export const power = (distribution: readonly Level[], parts: Partial<Power> = {}): Power => ({
  pue: fact(1.2 as Ratio),
  services: [],
  generation: [],
  distribution,
  ...parts,
});
export const studied = (of: Power, phases: readonly PhasePlan[]) =>
  studySteps(of, phases, planLedger(of, phases), () => []);
export const electrical = (of: Power, phases: readonly PhasePlan[]) => planElectrical(of, phases, studied(of, phases));
export const one = (distribution: readonly Level[], of: BuildingPlan = building()) =>
  electrical(power(distribution), [phase(of)]);
