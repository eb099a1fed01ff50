import type { BuildingPlan, PhasePlan } from "../../../components/plan-types.ts";
import type { Ratio } from "../../../components/quantity.ts";
import { inputsMessage } from "../../message.ts";
import { condition, type Rule, type Subject } from "../../rule.ts";

/** Diversity is for inference, measured, and no bolder than what anybody has shown. */
export const diversity: Rule = {
  id: "power/diversity",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "diversity below 100 % only for inference, measured, and no lower than published",
  why: "training draws its peak in all racks at once, and what is shared trips when a guess was too bold",
  formula: "workload = training → diversity = 100 %; diversity ≥ 1 ÷ (1 + servers added in the same envelope)",
  source:
    "POLCA, arXiv 2308.12908, inference clusters (catalog: operations/diversity/moreServers); training synchronous: none",
  inputs: "buildings[].workload, buildings[].diversity",
  pass: "the diversity is 100 %, or the building does inference and it is within what is published",
  fail: "training with a diversity below 100 %, or a bolder figure than any published one",
  unproved: "the workload is not stated, or the diversity is unknown",
  fix: "state the workload, and the measured diversity with its source, or leave diversity out",
  manualCheck: "highest measured load of the pod over racks × TDP, over weeks of real traffic",
  notApplicable: "no building states a diversity",
  subjects: ({ plan, catalog }) =>
    plan.phases.flatMap((phase) =>
      phase.buildings.flatMap((building) => subject(building, phase, catalog.operations.diversity.moreServers.value)),
    ),
};

/** So many more servers in the same envelope draw together no more than 1 ÷ (1 + so many) of the sum of what they may. */
function subject(
  { id, at, workload, diversity: stated }: BuildingPlan,
  phase: PhasePlan,
  moreServers: Ratio,
): readonly Subject[] {
  if (stated === null) return [];
  const { value } = stated;
  const leastShown = 1 / (1 + moreServers);
  const inputs = [
    condition(
      `a diversity of ${percent(value)} is for inference`,
      value === null ? null : value === 1 || (workload === null ? null : workload === "inference"),
      workload === null ? `${at}.workload` : stated.at,
    ),
    condition(`it is at least ${percent(leastShown)}`, value === null ? null : value >= leastShown, stated.at),
  ];
  return [
    {
      id,
      at: stated.at,
      state: phase.state,
      claim: "all-of",
      unit: "",
      inputs,
      message: () => `${id}: ${inputsMessage(`diversity of ${percent(value)} for inference`, inputs)}`,
    },
  ];
}

const percent = (value: number | null): string => (value === null ? "unknown" : `${Math.round(value * 1000) / 10} %`);
