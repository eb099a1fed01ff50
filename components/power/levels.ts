import type { PhasePlan } from "../plan-types.ts";
import type { Ratio, Watts } from "../quantity.ts";
import { expandIds } from "../site/template.ts";
import { type OneLine, type OneLineNode, wholeWatts } from "./one-line/graph.ts";
import { type PairLoad, pairLoads } from "./one-line/pairs.ts";
import { totalAt, worstNode } from "./one-line/worst.ts";
import type { FeedVoltage, LevelPlan, PairPlan, WorstLoad } from "./power-types.ts";
import type { Power } from "./schema.ts";
import { outageState, type Step, type StudiedSteps } from "./steps.ts";

/** Nodes of one level in one building. */
export interface LevelNodes {
  readonly level: string;
  readonly building: string;
  readonly phase: string | null;
  readonly nodes: readonly number[];
}

/** Levels in the order of the nodes, from the sources down; loads, and what stands for all supplies, are none. */
export function levelsOf(line: OneLine): readonly LevelNodes[] {
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

export const nodeOf = (line: OneLine, node: number): OneLineNode => line.nodes[node] as OneLineNode;

export function levelKey(line: OneLine, node: number): string {
  const { element, building } = nodeOf(line, node);
  return `${building} ${element.level}`;
}

/** A level with the element that has to carry most; nothing where its elements have no limit. */
export function planLevel(
  level: LevelNodes,
  { line, steps, peak }: StudiedSteps,
  phases: readonly PhasePlan[],
  power: Power,
): readonly LevelPlan[] {
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
      usable: finite(element.usable),
      efficiency: element.gain === null || element.gain === 1 ? null : ((1 / element.gain) as Ratio),
      voltages: voltagesOf(level, line, power),
      pairs: stated?.scheme === "distributed" ? pairsOf(level, line, steps) : null,
      worst: worst.plan,
      peak: peakOf(level, line, peak, worst.plan, phases, power),
      at: element.at,
    },
  ];
}

function pairsOf(level: LevelNodes, line: OneLine, steps: readonly Step[]): PairPlan | null {
  const last = steps.at(-1);
  const pairs = last === undefined ? [] : pairLoads(line, last.watts, level.nodes);
  const plan = ({ elements, watts }: PairLoad) => ({
    elements: elements.map((node) => nodeOf(line, node).id),
    watts: wholeWatts(watts),
  });
  const [lightest] = pairs;
  const heaviest = pairs.at(-1);
  return lightest === undefined || heaviest === undefined
    ? null
    : { lightest: plan(lightest), heaviest: plan(heaviest) };
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

/** All services where the supply as a whole feeds; where no service states the voltage, nobody knows it. */
function giversOf(
  { id, element }: OneLineNode,
  power: Power,
): readonly Pick<FeedVoltage, "by" | "given" | "givenAt">[] {
  if (element.kind !== "supply" && element.kind !== "utility") {
    return [{ by: element.level, given: element.voltage ?? null, givenAt: `${element.at}.voltage` }];
  }
  const services = power.services.flatMap(({ id: service, voltage }, index) =>
    element.kind === "supply" || expandIds(service).includes(id)
      ? [{ by: service, given: voltage.value, givenAt: `power.services[${index}].voltage` }]
      : [],
  );
  return services.length > 0 ? services : [{ by: id, given: null, givenAt: "power.services" }];
}

export const finite = (value: number | null): Watts | null =>
  value === null || !Number.isFinite(value) ? null : (value as Watts);

/** The most at the EDP peak of every rack; no less than at TDP, and open where a peak is not known. */
function peakOf(
  level: LevelNodes,
  line: OneLine,
  peak: Step | null,
  atTdp: WorstLoad,
  phases: readonly PhasePlan[],
  power: Power,
): WorstLoad {
  const found = peak === null ? null : worstOf(level, line, [peak]);
  const most = found === null || found.plan.load.known < atTdp.load.known ? atTdp : found.plan;
  const unknown = phases
    .flatMap(({ buildings }) => buildings)
    .filter(({ id, rackPeakWatts }) => rackPeakWatts === null && (level.building === "site" || level.building === id))
    .map(({ system }) =>
      (power.edpFactor?.value ?? null) === null ? "power.edpFactor" : `catalog:systems/${system}/edpPeaks`,
    );
  return { ...most, load: { known: most.load.known, missing: [...new Set([...most.load.missing, ...unknown])] } };
}

/** The element of a level that is nearest to its limit, or beyond; what nothing limits is left out. */
function worstOf(
  level: LevelNodes,
  line: OneLine,
  steps: readonly Step[],
): { readonly node: number; readonly plan: WorstLoad } | null {
  const found = worstNode(level.nodes, line, steps, (step, node) => mostAt(line, step, node));
  if (found === null) return null;
  const { node, step } = found;
  return {
    node,
    plan: {
      element: nodeOf(line, node).id,
      load: totalAt(line, node, mostAt(line, step, node)),
      state: outageState(line, step, step.worstIn[node] as number),
    },
  };
}

/** The most that a node carries in a step: what one rack alone hangs on carries it without diversity. */
export const mostAt = (line: OneLine, step: Step, node: number): number =>
  (step.worst[node] as number) / (step.withDiversity ? nodeOf(line, node).diversity : 1);
