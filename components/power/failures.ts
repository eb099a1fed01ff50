import type {
  BridgingPlan,
  FailurePlan,
  FeedVoltage,
  LedgerRow,
  LevelPlan,
  LossPlan,
  PhasePlan,
  StartPlan,
  WorstLoad,
} from "../plan-types.ts";
import type { Ratio, Total, Watts } from "../quantity.ts";
import { expandIds } from "../site/template.ts";
import { type OneLine, type OneLineNode, unknownBelow, wholeWatts } from "./one-line/graph.ts";
import type { State } from "./one-line/states.ts";
import { type Loss, shortBy, type WorstBridging } from "./one-line/study.ts";
import type { Power } from "./schema.ts";
import { outageState, type Step, studySteps } from "./steps.ts";

/** What the one-line comes to: its levels with the most that an element has to carry, and what its outages cost. */
export interface Electrical {
  readonly distribution: readonly LevelPlan[];
  readonly failures: FailurePlan | null;
}

/** The levels and what their outages come to; nothing where the blueprint states no distribution. */
export function planElectrical(power: Power, phases: readonly PhasePlan[], ledger: readonly LedgerRow[]): Electrical {
  const studied = studySteps(power, phases, ledger);
  if (studied === null) return { distribution: [], failures: null };
  const { line, states, steps } = studied;
  const levels = levelsOf(line);
  return {
    distribution: levels.flatMap((level) => planLevel(level, line, steps, power)),
    failures: {
      nodes: line.count,
      states: countStates(states),
      notFailed: notFailed(line),
      steps: steps.map((step) => ({ quarter: step.quarter, arrives: arrivesAt(line, step) })),
      losses: planLosses(line, steps),
      bridging: levels.flatMap((level) => planBridging(level, line, steps)),
      starts: levels.flatMap((level) => planStart(level, line, steps, power)),
    },
  };
}

/** Nodes of one level in one building. */
interface LevelNodes {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly nodes: readonly number[];
}

/** Levels in the order of the nodes, from the sources down; loads, and what stands for all supplies, are none. */
function levelsOf(line: OneLine): readonly LevelNodes[] {
  const levels = new Map<string, { level: string; building: string; phase: string | null; nodes: number[] }>();
  line.nodes.forEach(({ element, building, phase }, node) => {
    if (!element.canFail) return;
    const key = levelKey(line, node);
    const there = levels.get(key);
    if (there === undefined) levels.set(key, { level: element.level, building, phase, nodes: [node] });
    else there.nodes.push(node);
  });
  return [...levels.values()];
}

const nodeOf = (line: OneLine, node: number): OneLineNode => line.nodes[node] as OneLineNode;

function levelKey(line: OneLine, node: number): string {
  const { element, building } = nodeOf(line, node);
  return `${building} ${element.level}`;
}

function planLevel(level: LevelNodes, line: OneLine, steps: readonly Step[], power: Power): readonly LevelPlan[] {
  const worst = worstOf(level, line, steps);
  if (worst === null) return [];
  const { element } = nodeOf(line, worst.node);
  const stated = power.asBuilt === undefined ? power.distribution.find(({ id }) => id === level.level) : undefined;
  return [
    {
      id: level.level,
      kind: element.kind,
      building: level.building,
      phase: level.phase,
      set: stated === undefined ? null : { per: stated.per, scheme: stated.scheme, count: stated.count },
      elements: level.nodes.length,
      ratedWatts: finite(element.rated),
      derating: (element.rated === null || element.usable === null ? 1 : element.usable / element.rated) as Ratio,
      usable: element.usable === null ? null : (Math.floor(element.usable + 1e-6) as Watts),
      efficiency: element.gain === null || element.gain === 1 ? null : ((1 / element.gain) as Ratio),
      voltages: voltagesOf(level, line, power),
      worst: worst.plan,
      at: element.at,
    },
  ];
}

/** The voltages between a level and each level or service that feeds it; equal ones stand once. */
function voltagesOf(level: LevelNodes, line: OneLine, power: Power): readonly FeedVoltage[] {
  const found = new Map<string, FeedVoltage>();
  for (const node of level.nodes) {
    const { feeds, reserves, element } = nodeOf(line, node);
    const takenAt = `${element.at}.${element.primary === undefined ? "voltage" : "primary"}`;
    const taken = (element.primary === undefined ? element.voltage : element.primary) ?? null;
    for (const feed of [...feeds, ...reserves]) {
      for (const { by, given, givenAt } of giversOf(nodeOf(line, feed), power)) {
        found.set(`${by} ${given} ${taken}`, { by, given, givenAt, taken, takenAt });
      }
    }
  }
  return [...found.values()];
}

/** All services where the supply as a whole feeds; a bus hands on what works in parallel on it. */
function giversOf(
  { id, element }: OneLineNode,
  power: Power,
): readonly Pick<FeedVoltage, "by" | "given" | "givenAt">[] {
  if (element.kind !== "supply" && element.kind !== "utility") {
    return [{ by: element.level, given: element.voltage ?? null, givenAt: `${element.at}.voltage` }];
  }
  return power.services.flatMap(({ id: service, voltage }, index) =>
    element.kind === "supply" || expandIds(service).includes(id)
      ? [{ by: service, given: voltage.value, givenAt: `power.services[${index}].voltage` }]
      : [],
  );
}

/** Load on all supplies together with nothing out. */
function arrivesAt(line: OneLine, step: Step): Total {
  const sources = line.nodes.flatMap(({ feeds, reserves }, node) =>
    feeds.length + reserves.length === 0 ? [node] : [],
  );
  const known = sources.reduce((sum, node) => sum + (step.normal[node] as number), 0);
  const missing = sources.filter((node) => line.open[node] === 1).flatMap((node) => unknownBelow(line, node));
  return { known: wholeWatts(known), missing: [...new Set(missing)] };
}

const finite = (value: number | null): Watts | null =>
  value === null || !Number.isFinite(value) ? null : (value as Watts);

/** The element of a level that is nearest to its limit, or beyond; what nothing limits is left out. */
function worstOf(
  level: LevelNodes,
  line: OneLine,
  steps: readonly Step[],
): { readonly node: number; readonly plan: WorstLoad } | null {
  let found: { node: number; step: Step; rank: number } | null = null;
  for (const step of steps) {
    for (const node of level.nodes) {
      const { usable } = nodeOf(line, node).element;
      if (usable === Number.POSITIVE_INFINITY) continue;
      const rank = rankOf(step.worst[node] as number, usable, line.open[node] === 1);
      if (found === null || rank > found.rank + 1e-12) found = { node, step, rank };
    }
  }
  if (found === null) return null;
  const { node, step } = found;
  return {
    node,
    plan: {
      element: nodeOf(line, node).id,
      load: totalAt(line, node, step.worst[node] as number),
      state: outageState(line, step, step.worstIn[node] as number),
    },
  };
}

/** Beyond the limit first, then what is not known, then what is nearest to the limit. */
function rankOf(carried: number, usable: number | null, open: boolean): number {
  if (usable === null) return UNKNOWN_RANK + Math.min(1, carried / 1e15);
  const ratio = carried / usable;
  if (wholeWatts(carried) > Math.floor(usable + 1e-6)) return VIOLATED_RANK + ratio;
  return open ? UNKNOWN_RANK + ratio : ratio;
}
const UNKNOWN_RANK = 1e3;
const VIOLATED_RANK = 1e6;

const totalAt = (line: OneLine, node: number, carried: number): Total => ({
  known: wholeWatts(carried),
  missing: unknownBelow(line, node),
});

const countStates = (states: readonly State[]): FailurePlan["states"] => ({
  single: states.filter(({ cause }) => cause.kind === "single").length,
  maintenance: states.filter(({ cause }) => cause.kind === "maintenance").length,
  stated: states.filter(({ cause }) => cause.kind === "stated").length,
});

/** Nodes that no state takes out, and why. */
function notFailed(line: OneLine): FailurePlan["notFailed"] {
  const count = (is: (node: OneLineNode) => boolean) => line.nodes.filter(is).length;
  const loads = count(({ element }) => element.kind === "rack" || element.kind === "other-it");
  const buses = count(({ element }) => !element.canFail && element.kind === "switchgear");
  return [
    {
      what: "supply",
      nodes: count(({ element }) => element.kind === "supply"),
      why: "its outages are in the ledger, by what each supply holds firm",
    },
    {
      what: "bus",
      nodes: buses,
      why: "the blueprint states no bus for a reserve that works in parallel: state it as a level",
    },
    { what: "load", nodes: loads, why: "a load that fails takes power from nobody" },
  ].filter(({ nodes }) => nodes > 0);
}

/** For each level in each building the outage that costs most; an outage that the blueprint states stands alone. */
function planLosses(line: OneLine, steps: readonly Step[]): readonly LossPlan[] {
  const groups = new Map<string, { step: Step; number: number; loss: Loss; count: number }>();
  for (const step of steps) {
    for (const [number, loss] of step.losses) {
      const { out, cause } = step.states[number] as State;
      const key = cause.kind === "stated" ? `stated ${number}` : `${cause.kind} ${levelKey(line, out[0] as number)}`;
      const there = groups.get(key);
      if (there === undefined) groups.set(key, { step, number, loss, count: 1 });
      else
        groups.set(key, {
          ...(costs(loss) > costs(there.loss) ? { step, number, loss } : there),
          count: there.count + 1,
        });
    }
  }
  return [...groups.values()].map(({ step, number, loss, count }) => planLoss(line, step, number, loss, count));
}

const costs = ({ racks, accepted, interrupted }: Loss): number => racks * 1e12 + interrupted * 1e6 + accepted;

function planLoss(line: OneLine, step: Step, number: number, loss: Loss, states: number): LossPlan {
  const first = nodeOf(line, (step.states[number] as State).out[0] as number);
  return {
    level: first.element.level,
    building: first.building,
    phase: first.phase,
    state: outageState(line, step, number),
    racks: loss.racks,
    accepted: loss.accepted,
    interrupted: loss.interrupted,
    longest: loss.longest,
    behindStorage: loss.behindStorage,
    states,
    at: first.element.at,
  };
}

function planBridging(level: LevelNodes, line: OneLine, steps: readonly Step[]): readonly BridgingPlan[] {
  let found: { step: Step; asked: WorstBridging } | null = null;
  for (const step of steps) {
    for (const node of level.nodes) {
      const asked = step.bridging.get(node);
      if (asked !== undefined && (found === null || shortBy(asked) > shortBy(found.asked))) found = { step, asked };
    }
  }
  if (found === null) return [];
  const { step, asked } = found;
  const { id, element } = nodeOf(line, asked.node);
  return [
    {
      level: level.level,
      building: level.building,
      phase: level.phase,
      element: id,
      state: outageState(line, step, asked.state),
      gap: asked.gap,
      ridesSeconds: asked.rides,
      ridesMissing: asked.rides === null ? ridesMissing(line, asked.node) : [],
      at: element.at,
    },
  ];
}

/** Why it is not known how long stored energy lasts. */
function ridesMissing(line: OneLine, node: number): readonly string[] {
  const { at, rated } = nodeOf(line, node).element;
  if (line.open[node] === 1) return unknownBelow(line, node);
  return [rated === null || !Number.isFinite(rated) ? `${at}.rating` : `${at}.rideThrough`];
}

/** Gensets take their load in one step; the largest one over all states. */
function planStart(level: LevelNodes, line: OneLine, steps: readonly Step[], power: Power): readonly StartPlan[] {
  const first = level.nodes[0];
  if (first === undefined || nodeOf(line, first).element.kind !== "genset") return [];
  let found = { node: first, step: steps[0] as Step };
  for (const step of steps) {
    for (const node of level.nodes) {
      if ((step.worst[node] as number) > (found.step.worst[found.node] as number)) found = { node, step };
    }
  }
  const { node, step } = found;
  const { id, element } = nodeOf(line, node);
  return [
    {
      level: level.level,
      building: level.building,
      phase: level.phase,
      element: id,
      state: outageState(line, step, step.worstIn[node] as number),
      step: totalAt(line, node, step.worst[node] as number),
      ratedWatts: finite(element.rated),
      accepts: (element.stepLoad ?? null) as Ratio | null,
      fuelSeconds: element.fuel ?? null,
      autonomySeconds: power.autonomy ?? null,
      at: element.at,
    },
  ];
}
