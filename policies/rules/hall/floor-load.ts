import type { HallPlan } from "../../../components/cooling/cooling-types.ts";
import { inKilopascals, needAndHave } from "../../message.ts";
import { limitTerm, needTerm } from "../../rule.ts";
import { type HallSubject, hallRule } from "./hall-rule.ts";

/** The floor carries a rack where it stands. */
export const floorLoad = hallRule(
  {
    id: "hall/floor-load",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "load under the footprint of a rack ≤ load that the floor carries",
    why: "1,360 kg on 0.6 × 1.2 m are 1,890 kg/m²; the 12 kPa of TIA-942 Rated-3 are 1,223 kg/m²",
    formula: "weight × 9.80665 m/s² ÷ (rack width × rack depth) ≤ floorLoad",
    source: "ANSI/TIA-942, floor loading of 12 kPa at Rated-3; catalog: footprint and weight of the rack",
    inputs:
      "width, depth and weight of the system's rack, buildings[].hall: rackWeight (the heavier of the two counts), floorLoad",
    pass: "the load is at most what the floor carries",
    fail: "it is more",
    unproved: "the weight, the footprint or the floor is unknown",
    fix: "spread the load on a plinth that a structural engineer signs for, or choose another floor",
    manualCheck: "divide the weight of the filled rack by its footprint; compare with the structural calculation",
    notApplicable: "the blueprint states no hall",
  },
  (hall) => (hall.stated ? [subject(hall)] : []),
);

const subject = (hall: HallPlan): HallSubject => ({
  id: `${hall.building}.floor`,
  at: hall.floorLoad.at,
  claim: "at-most",
  unit: "Pa",
  inputs: [
    needTerm("Pa", {
      name: "load under a rack",
      value: hall.rackLoad,
      from: hall.rackWeight.value === null ? hall.rackWeight.at : `catalog:systems/${hall.system}/width`,
    }),
    limitTerm("Pa", { name: "what the floor carries", value: hall.floorLoad.value, from: hall.floorLoad.at }),
  ],
  message: (judged) => `a rack in ${hall.building}: ${needAndHave({ have: "on its floor" }, inKilopascals)(judged)}`,
});
