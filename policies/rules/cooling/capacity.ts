import type { CoolingLevelPlan, CoolingPlan, HeatPlan } from "../../../components/cooling/cooling-types.ts";
import type { PhasePlan, Plan } from "../../../components/plan-types.ts";
import { inWatts, needAndHave } from "../../message.ts";
import { inState } from "../../outage-words.ts";
import { stateOf } from "../../phase-of.ts";
import { type Context, condition, limitTerm, needTotal, type Rule, type Subject } from "../../rule.ts";

/** The heat that each set of elements takes stays within what its scheme leaves up; nothing of it is left in the row. */
export const capacity: Rule = {
  id: "cooling/capacity",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: "energized",
  claim: "heat on every element of the cooling, in every outage of it and of its power ≤ what the element takes",
  why: "racks that lose their coolant or their air throttle within seconds and trip; 13 to 20 kW of a liquid-cooled rack stay in the air",
  formula:
    "heat of the element in its worst state ≤ min(rating, flow × ρ × c × ΔT); each element adds its own draw to what it passes on",
  source:
    "heat balance kW = ṁ × c × ΔT; catalog: heat to liquid and to air of the rack, properties of the coolants; definitions of the redundancy schemes",
  inputs:
    "liquidHeat and airHeat of the system, otherIt of the building (all of it to the air), cooling.levels: count, scheme, rating, flow, draw, to, fedBy",
  pass: "with nothing out, and with each single outage, the heat is at most what the element takes",
  fail: "in one state the heat that is known is above it",
  unproved:
    "a rating, a flow, a draw or the heat of the rack is unknown, or the blueprint does not say what takes the liquid's heat, the air's, or where it leaves the site",
  fix: "enter the rating of the element at the design temperatures, with its source",
  manualCheck:
    "add up the racks' heat and the draw of what stands before; share it among the elements that are left, and hold it against the rating of one",
  notApplicable: "the site has no building in any phase",
  subjects: ({ plan }: Context) => [
    ...(plan.cooling?.levels ?? []).map((level) => subject(level, plan)),
    ...plan.phases.filter(({ buildings }) => buildings.length > 0).flatMap((phase) => unstated(phase, plan.cooling)),
  ],
};

function subject(level: CoolingLevelPlan, plan: Plan): Subject {
  const { id, building, worst, at, takes } = level;
  const air = takes === "air" ? ", air of the hall" : "";
  return {
    id: `${building}.${id}`,
    at,
    state: stateOf(plan, level.phase),
    claim: "at-most",
    unit: "W",
    inputs: [
      ...needTotal(worst.load, {
        name: `heat on ${worst.element}${inState(worst.state)}`,
        part: "part of the heat",
        from: at,
      }),
      tightest(level),
    ],
    message: (judged) => `${worst.element}${air}${inState(worst.state)}: ${needAndHave({}, inWatts)(judged)}`,
    fix: ({ margin }) =>
      margin !== null && margin < 0
        ? `${inWatts(-Number(margin))} more on each ${id}: more elements, a larger rating, or fewer racks on it`
        : capacity.fix,
  };
}

/** What one element takes: the least of its limits, or the one that is not known. */
function tightest({ id, limits, usable }: CoolingLevelPlan) {
  const limit = limits.find(({ watts }) => watts === usable) ?? limits[0];
  const name = `${limit?.by === "flow" ? "flow" : "rating"} of one ${id}`;
  return limitTerm("W", { name, value: usable, from: limit?.from ?? "" });
}

/** What the blueprint must say: what takes the liquid's heat, what takes the air's, and where it leaves the site. */
function unstated(phase: PhasePlan, cooling: CoolingPlan | null): readonly Subject[] {
  if (cooling === null) return [notSaid(phase, "cooling", "how the heat leaves the racks", "cooling")];
  const heat = cooling.heat.filter((each) => each.phase === phase.id);
  const takes = (what: "liquid" | "air") => cooling.levels.some((level) => level.takes === what);
  const last = cooling.levels.filter(
    ({ to, kind, building }) => to === null && !REJECTS.has(kind) && ofPhase(building),
  );
  function ofPhase(building: string): boolean {
    return building === "site" || heat.some((each) => each.building === building);
  }
  return [
    ...(heat.some(hasLiquid) && !takes("liquid")
      ? [notSaid(phase, "liquid", `what takes the ${inWatts(most(heat, "liquidPerRack"))} that a rack gives to liquid`)]
      : []),
    ...(heat.some(hasAir) && !takes("air")
      ? [notSaid(phase, "air", `what takes the ${inWatts(most(heat, "airPerRack"))} that a rack leaves in the air`)]
      : []),
    ...[...new Set(last.map(({ id }) => id))].map((id) =>
      notSaid(phase, `${id}.outdoors`, `what takes the heat of ${id} to the outdoors`),
    ),
  ];
}

const REJECTS: ReadonlySet<string> = new Set(["chiller", "dry-cooler", "tower"]);
const hasLiquid = ({ liquidPerRack }: HeatPlan): boolean => liquidPerRack !== 0;
const hasAir = ({ airPerRack, otherIt }: HeatPlan): boolean =>
  airPerRack !== 0 || otherIt.known > 0 || otherIt.missing.length > 0;
const most = (heat: readonly HeatPlan[], of: "liquidPerRack" | "airPerRack"): number =>
  Math.max(0, ...heat.map((each) => each[of] ?? 0));

const notSaid = (phase: PhasePlan, id: string, what: string, at = "cooling.levels"): Subject => ({
  id: `${phase.id}.${id}`,
  at,
  state: phase.state,
  claim: "all-of",
  unit: "",
  inputs: [condition(`the blueprint says ${what}`, null, at)],
  message: () => `${phase.id}: the blueprint does not say ${what}`,
  fix: () => "state the level in cooling.levels, with its ratings unknown where they are",
});
