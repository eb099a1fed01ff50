import type { HallPlan } from "../../../components/cooling/cooling-types.ts";
import { inMetres, needAndHave } from "../../message.ts";
import { limitTerm, needTerm } from "../../rule.ts";
import { type HallSubject, hallRule } from "./hall-rule.ts";

/** The rack stands upright under everything that hangs above. */
export const clearHeight = hallRule(
  {
    id: "hall/clear-height",
    enforcement: "mandatory",
    severity: "medium",
    mandatoryFrom: "energized",
    claim: "height of the rack ≤ clear height of the hall",
    why: "a rack of 2.2 m that leaves the lift does not pass under a door or a busway of 2.1 m",
    formula: "rack height ≤ clearHeight",
    source: "catalog: height of the rack; blueprint: buildings[].hall.clearHeight",
    inputs: "height of the system's rack, buildings[].hall.clearHeight",
    pass: "the rack is at most as high",
    fail: "it is higher",
    unproved: "one of the heights is unknown",
    fix: "raise what hangs above the racks and on their way in, or choose a lower rack",
    manualCheck: "measure the lowest point above the racks and on the way from the dock to the row",
    notApplicable: "the blueprint states no hall",
  },
  (hall) => (hall.stated ? [subject(hall)] : []),
);

const subject = (hall: HallPlan): HallSubject => ({
  id: `${hall.building}.height`,
  at: hall.clearHeight.at,
  claim: "at-most",
  unit: "mm",
  inputs: [
    needTerm("mm", {
      name: "height of the rack",
      value: hall.rack.height,
      from: `catalog:systems/${hall.system}/height`,
    }),
    limitTerm("mm", { name: "clear height of the hall", value: hall.clearHeight.value, from: hall.clearHeight.at }),
  ],
  message: (judged) => `a rack in ${hall.building}: ${needAndHave({ have: "of clear height" }, inMetres)(judged)}`,
});
