import type { LedgerRow } from "../power/power-types.ts";
import { drawingOf, type StudiedSteps } from "../power/steps.ts";
import type { Ratio, Watts } from "../quantity.ts";
import { addTotals, scaleTotal, type Total } from "../total.ts";
import { coolingCircuit } from "./circuit.ts";
import type { CoolingPlan } from "./cooling-types.ts";
import { drawPerHeat, type Heat, heatAt } from "./heat.ts";
import type { CoolingInput } from "./levels.ts";
import { planLosses } from "./losses.ts";
import type { CoolingModel } from "./model.ts";
import { coolingStates } from "./states.ts";
import { coolingStudy } from "./study.ts";
import { planTemperatures } from "./temperatures.ts";
import { planLevels } from "./worst-heat.ts";

/** The heat balance of the site, in every outage of the cooling and of the power that it hangs on. */
export function planCooling(
  model: CoolingModel,
  ledger: readonly LedgerRow[],
  electrical: StudiedSteps | null,
): CoolingPlan {
  const { cooling, phases } = model;
  const circuit = coolingCircuit(model, phases);
  const states = coolingStates(circuit.line, electrical);
  const steps = drawingOf(ledger, phases).map((step) => coolingStudy(circuit, states, step));
  const own = circuit.line.nodes.filter(({ element }) => element.canFail).length;
  return {
    heat: model.heat.map((each) => ({ ...each, draw: drawOf(each, model) })),
    levels: planLevels(model, circuit.line, states, steps),
    states: { cooling: own, electrical: states.length - own },
    losses: planLosses(model, circuit.line, states, steps, electrical),
    temperatures: planTemperatures(model, phases),
    wue: { value: cooling.water.wue.value, at: "cooling.water.wue" },
    waterSupply: { value: cooling.water.supply.value, at: "cooling.water.supply" },
  };
}

function drawOf(heat: Heat, input: CoolingInput): Total {
  return addTotals(
    input.levels.map((level, index) => {
      const taken = heatAt(index, heat, input);
      const share = drawPerHeat(level, input);
      return share === null
        ? { known: 0 as Watts, missing: [...taken.missing, `${level.at}.draw`] }
        : scaleTotal(taken, share as Ratio, "");
    }),
  );
}
