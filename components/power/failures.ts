import type { PhasePlan } from "../plan-types.ts";
import type { Ratio } from "../quantity.ts";
import type { Total } from "../total.ts";
import { finite, type LevelNodes, levelKey, levelsOf, nodeOf, planLevel } from "./levels.ts";
import { type OneLine, type OneLineNode, unknownBelow, wholeWatts } from "./one-line/graph.ts";
import type { State } from "./one-line/states.ts";
import { type Loss, shortBy, type WorstBridging } from "./one-line/study.ts";
import { totalAt } from "./one-line/worst.ts";
import type { BridgingPlan, FailurePlan, LevelPlan, LossPlan, StartPlan } from "./power-types.ts";
import type { Power } from "./schema.ts";
import { outageState, type Step, type StudiedSteps } from "./steps.ts";

/** What the one-line comes to: its levels with the most that an element has to carry, and what its outages cost. */
export interface Electrical {
  readonly distribution: readonly LevelPlan[];
  readonly failures: FailurePlan | null;
}

/** The levels and what their outages come to; nothing where the blueprint states no distribution. */
export function planElectrical(power: Power, phases: readonly PhasePlan[], studied: StudiedSteps | null): Electrical {
  if (studied === null) return { distribution: [], failures: null };
  const { line, states, steps } = studied;
  const levels = levelsOf(line);
  return {
    distribution: levels.flatMap((level) => planLevel(level, studied, phases, power)),
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

/** Load on all supplies together with nothing out, at the design point. */
function arrivesAt(line: OneLine, step: Step): Total {
  const sources = line.nodes.flatMap(({ feeds, reserves }, node) =>
    feeds.length + reserves.length === 0 ? [node] : [],
  );
  const known = sources.reduce((sum, node) => sum + (step.design[node] as number), 0);
  const missing = sources.filter((node) => line.open[node] === 1).flatMap((node) => unknownBelow(line, node));
  const undesigned = line.nodes.flatMap(({ designLoad, element }) =>
    designLoad === null ? [element.loadFrom ?? element.at] : [],
  );
  return { known: wholeWatts(known), missing: [...new Set([...missing, ...undesigned])] };
}

const countStates = (states: readonly State[]): FailurePlan["states"] => ({
  single: states.filter(({ cause }) => cause.kind === "single").length,
  maintenance: states.filter(({ cause }) => cause.kind === "maintenance").length,
  stated: states.filter(({ cause }) => cause.kind === "stated").length,
});

/** Nodes that no state takes out, and why. */
function notFailed(line: OneLine): FailurePlan["notFailed"] {
  const count = (is: (node: OneLineNode) => boolean) => line.nodes.filter(is).length;
  const loads = count(({ element, load }) => element.kind === "rack" || element.kind === "other-it" || load !== 0);
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
      else {
        const worse = isWorse(loss, there.loss);
        groups.set(key, { ...(worse ? { step, number, loss } : there), count: there.count + 1 });
      }
    }
  }
  return [...groups.values()].map(({ step, number, loss, count }) => planLoss(line, step, number, loss, count));
}

/** What is lost for good weighs most, then what waits with no storage on the way that another rule judges, then the rest. */
function isWorse(loss: Loss, than: Loss): boolean {
  const weights = ({ racks, interrupted, behindStorage, accepted }: Loss) => [
    racks,
    behindStorage ? 0 : interrupted,
    interrupted,
    accepted,
  ];
  const before = weights(than);
  const differing = weights(loss)
    .map((weight, index) => weight - (before[index] ?? 0))
    .find((difference) => difference !== 0);
  return (differing ?? 0) > 0;
}

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
