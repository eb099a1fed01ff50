import type { HeatPlan } from "../../../components/cooling/cooling-types.ts";
import type { Plan } from "../../../components/plan-types.ts";
import { inFlow, needAndHave } from "../../message.ts";
import { stateOf } from "../../phase-of.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** The design rise leaves each rack the flow that it asks for. */
export const flow: Rule = {
  id: "cooling/flow",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "least flow of the rack ≤ flow that the design rise comes to",
  why: "a rise that is planned too high saves pumps and starves the cold plates: the chips run hotter than their coolant says",
  formula: "least flow of the rack ≤ Q ÷ (ρ × c × ΔT)",
  source: "heat balance kW = ṁ × c × ΔT; catalog: heat to liquid and least flow of the rack, properties of the coolant",
  inputs: "liquidHeat and coolantFlow of the system, cooling.liquid: coolant and rise",
  pass: "the flow at the design rise is at least what the rack asks for",
  fail: "it is less",
  unproved: "the least flow or the heat of the rack is unknown",
  fix: "lower cooling.liquid.rise, and size pumps and CDUs for the flow",
  manualCheck: "divide the rack's liquid heat by ρ × c × ΔT; compare with the data sheet of the rack",
  notApplicable: "the blueprint states no cooling, or no rack takes liquid",
  subjects: ({ plan }) =>
    (plan.cooling?.heat ?? []).filter(({ liquidPerRack }) => liquidPerRack !== 0).map((heat) => subject(heat, plan)),
};

const subject = (heat: HeatPlan, plan: Plan): Subject => ({
  id: `${heat.building}.rack`,
  at: "cooling.liquid.rise",
  state: stateOf(plan, heat.phase),
  claim: "at-most",
  unit: "l/min",
  inputs: [
    needTerm("l/min", {
      name: "least flow of the rack",
      value: heat.leastFlow,
      from: `catalog:systems/${heat.system}/coolantFlow`,
    }),
    limitTerm("l/min", { name: "flow at the design rise", value: heat.flowPerRack, from: "cooling.liquid.rise" }),
  ],
  message: (judged) => `a rack in ${heat.building}: ${needAndHave({ have: "at the design rise" }, inFlow)(judged)}`,
});
