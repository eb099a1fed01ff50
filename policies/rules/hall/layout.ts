import type { HallPlan } from "../../../components/cooling/cooling-types.ts";
import { inMetres, needAndHave } from "../../message.ts";
import { condition, limitTerm, needTerm } from "../../rule.ts";
import { type HallSubject, hallRule } from "./hall-rule.ts";

/** The rows of racks, with what stands in them and the aisles between, fit the hall. */
export const layout = hallRule(
  {
    id: "hall/layout",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "rows of pods, with their aisles, ≤ the clear width and depth of the hall",
    why: "racks that do not fit are found when they stand in front of the door",
    formula:
      "podsPerRow × (racks × rack width + rowEquipment) ≤ width; rows × rowPitch ≤ depth, rows = ⌈pods ÷ podsPerRow⌉",
    source: "catalog: width of the rack; blueprint: buildings[].hall",
    inputs: "racksPerPod, podsPerHall, width of the system's rack, buildings[].hall",
    pass: "both fit",
    fail: "one is longer than the hall",
    unproved: "a length is unknown, or the blueprint states no hall",
    fix: "fewer pods in a row, fewer rows, or another hall",
    manualCheck: "lay the row out on the drawing of the hall: racks, CDUs, RPPs, aisles",
    notApplicable: "the site has no building in any phase",
  },
  (hall) => (hall.stated ? [along(hall), across(hall)] : [unstated(hall)]),
);

const along = (hall: HallPlan): HallSubject => ({
  id: `${hall.building}.rows`,
  at: hall.width.at,
  claim: "at-most",
  unit: "mm",
  inputs: [
    needTerm("mm", {
      name: `length of ${hall.podsPerRow} pods in a row`,
      value: hall.podLength === null ? null : hall.podLength * hall.podsPerRow,
      from: hall.rack.width === null ? `catalog:systems/${hall.system}/width` : hall.rowEquipment.at,
    }),
    limitTerm("mm", { name: "clear width of the hall", value: hall.width.value, from: hall.width.at }),
  ],
  message: (judged) => `a row in ${hall.building}: ${needAndHave({ have: "in the hall's width" }, inMetres)(judged)}`,
});

const across = (hall: HallPlan): HallSubject => ({
  id: `${hall.building}.aisles`,
  at: hall.depth.at,
  claim: "at-most",
  unit: "mm",
  inputs: [
    needTerm("mm", {
      name: `${hall.rows} rows with their aisles`,
      value: hall.rowPitch.value === null ? null : hall.rowPitch.value * hall.rows,
      from: hall.rowPitch.at,
    }),
    limitTerm("mm", { name: "clear depth of the hall", value: hall.depth.value, from: hall.depth.at }),
  ],
  message: (judged) =>
    `${hall.rows} ${hall.rows === 1 ? "row" : "rows"} in ${hall.building}: ${needAndHave({ have: "in the hall's depth" }, inMetres)(judged)}`,
});

const unstated = (hall: HallPlan): HallSubject => ({
  id: `${hall.building}.hall`,
  at: hall.at,
  claim: "all-of",
  unit: "",
  inputs: [condition("the blueprint states the hall", null, hall.at)],
  message: () => `${hall.building}: the blueprint does not say what the hall is like, so that nothing fits for sure`,
  fix: () => "state the hall of the building, with its figures unknown where they are",
});
