import type { CoolingLevelPlan, HallPlan, HeatPlan } from "../../components/cooling/cooling-types.ts";
import type { Plan } from "../../components/plan-types.ts";
import { showWatts } from "../../components/quantity.ts";
import { byBuilding } from "./by-building.ts";
import { causeOf } from "./cause.ts";
import { showTotal } from "./shown.ts";
import { section, type Table, table } from "./table.ts";

/** Heat of a rack to liquid and to air, the flow that carries it, what a pod leaves in the air, and what cooling draws. */
export const heat = ({ cooling: plan }: Plan): Table | null =>
  section(plan?.heat ?? [], (rows) =>
    table([">rack, liquid", ">rack, air", ">flow", ">air of a pod", ">draw", "buildings"], byBuilding(rows, heatCells)),
  );

const heatCells = ({ liquidPerRack, airPerRack, flowPerRack, airPerPod, draw }: HeatPlan): readonly string[] => [
  showWatts(liquidPerRack),
  showWatts(airPerRack),
  flowPerRack === null ? "unknown" : `${flowPerRack} l/min`,
  showTotal(airPerPod),
  showTotal(draw),
];

/** Each level with what one element takes, and the most that one has to take in any outage. */
export const cooling = ({ cooling: plan }: Plan): Table | null =>
  section(plan?.levels ?? [], (rows) =>
    table(["cooling", "set", ">takes", ">worst heat", "when", "buildings"], byBuilding(rows, levelCells)),
  );

const levelCells = ({ id, count, per, scheme, usable, worst }: CoolingLevelPlan): readonly string[] => [
  id,
  `${count} a ${per}, ${scheme}`,
  showWatts(usable),
  showTotal(worst.load),
  causeOf(worst.state),
];

/** Rows of one hall against its width, depth, height and floor. */
export const halls = ({ halls: plans }: Plan): Table | null =>
  section(
    plans.filter(({ stated }) => stated),
    (rows) =>
      table(
        [">rows", ">row of width", ">rows of depth", ">rack of height", ">rack of floor", "buildings"],
        byBuilding(rows, hallCells),
      ),
  );

const hallCells = (hall: HallPlan): readonly string[] => [
  `${hall.rows}`,
  of(hall.podLength === null ? null : hall.podLength * hall.podsPerRow, hall.width.value, "m"),
  of(hall.rowPitch.value === null ? null : hall.rowPitch.value * hall.rows, hall.depth.value, "m"),
  of(hall.rack.height, hall.clearHeight.value, "m"),
  of(hall.rackLoad, hall.floorLoad.value, "kPa"),
];

/** "10.8 of 14 m", from thousandths of the unit. */
function of(need: number | null, have: number | null, unit: string): string {
  if (need === null && have === null) return "unknown";
  const [taken, there] = [need, have].map((value) => (value === null ? "?" : `${Math.round(value / 10) / 100}`));
  return `${taken} of ${there} ${unit}`;
}
