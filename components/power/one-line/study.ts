import { normalFlow } from "./flow.ts";
import { NOISE_WATTS, type OneLine } from "./graph.ts";
import { type Bridging, bridges, type Gap, type Interruption, interruption } from "./interruption.ts";
import { type Change, outages } from "./outage.ts";
import type { State } from "./states.ts";

/** No outage: the number of the normal state. */
export const NORMAL = -1;

/** What a state does to the loads. */
export interface Loss {
  /** Racks that stay dark although what feeds them claims to be redundant. */
  readonly racks: number;
  /** Racks that stay dark because nothing stands in for what is out: one cord, or all of N needed. */
  readonly accepted: number;
  /** Racks that lose power until a reserve carries them, and the longest time. */
  readonly interrupted: number;
  readonly longest: Gap;
  /** Stored energy on the way was asked to bridge the time, and could not for sure. */
  readonly behindStorage: boolean;
}

export interface WorstBridging extends Bridging {
  readonly state: number;
}

/** What all states come to, node by node and state by state. */
export interface Study {
  readonly line: OneLine;
  readonly states: readonly State[];
  /** Load of each node with nothing out, in W; and the same at the design point. */
  readonly normal: Float64Array;
  readonly design: Float64Array;
  /** The largest load of each node over all states, in W, and the state that it happens in. */
  readonly worst: Float64Array;
  readonly worstIn: Int32Array;
  /** Only states in which racks lose power, by their number. */
  readonly losses: ReadonlyMap<number, Loss>;
  /** For each node with stored energy, the state that asks most of it. */
  readonly bridging: ReadonlyMap<number, WorstBridging>;
}

/** What the nodes draw: in W, a floor of 0 where it is not known; and 1 for those that draw at all. */
export interface Loads {
  readonly watts: Float64Array;
  readonly draws: Uint8Array;
  /** In W, at the design point that PUE is stated for, where that is less. */
  readonly design?: Float64Array;
}

/**
 * Works through the states. Of single outages that come to the same, the one nearest to the loads is told: states run
 * from the sources down. What carries nothing is missed by nobody: its outage alone comes to the normal state.
 */
export function study(line: OneLine, { watts, draws, design }: Loads, states: readonly State[]): Study {
  const normal = normalFlow(line, watts);
  const worst = Float64Array.from(normal);
  const worstIn = new Int32Array(line.count).fill(NORMAL);
  const losses = new Map<number, Loss>();
  const bridging = new Map<number, WorstBridging>();
  const after = outages(line, watts);
  states.forEach(({ out, cause }, state) => {
    if (out.every((node) => normal[node] === 0 && line.open[node] === 0)) return;
    const change = after(out);
    for (const node of change.changed) {
      const more = change.carried(node) - (worst[node] as number);
      const nearer = cause.kind === "single" && worstIn[node] !== NORMAL && more > -NOISE_WATTS;
      if (more <= NOISE_WATTS && !nearer) continue;
      worst[node] = Math.max(worst[node] as number, change.carried(node));
      worstIn[node] = state;
    }
    const interrupted = interruption(line, change);
    for (const each of interrupted.bridging) keepWorst(bridging, { ...each, state });
    const loss = lossOf(line, draws, change, out, cause.kind === "single", interrupted);
    if (loss !== null) losses.set(state, loss);
  });
  return {
    line,
    states,
    normal,
    design: design === undefined ? normal : normalFlow(line, design),
    worst,
    worstIn,
    losses,
    bridging,
  };
}

function lossOf(
  line: OneLine,
  draws: Uint8Array,
  change: Change,
  out: readonly number[],
  single: boolean,
  { gaps, bridging }: Interruption,
): Loss | null {
  const isRack = (node: number) => line.nodes[node]?.element.kind === "rack" && draws[node] === 1;
  const dark = change.dead.filter(isRack).length;
  const waiting = [...gaps].filter(([node]) => isRack(node));
  if (dark === 0 && waiting.length === 0) return null;
  const racks = single && dark > 0 ? claimedBy(line, change, out).filter(isRack).length : dark;
  return {
    racks,
    accepted: dark - racks,
    interrupted: waiting.length,
    longest: waiting.map(([, gap]) => gap).reduce(longer, { seconds: 0, missing: [] }),
    behindStorage: bridging.some((each) => !bridges(each)),
  };
}

const longer = (left: Gap, right: Gap): Gap => ({
  seconds: Math.max(left.seconds, right.seconds),
  missing: [...new Set([...left.missing, ...right.missing])],
});

/**
 * Dark nodes at or below one that has several feeds, or a reserve, not all of them out themselves: what was to stand in
 * for the other went with it.
 */
function claimedBy(line: OneLine, change: Change, out: readonly number[]): readonly number[] {
  const isOut = new Set(out);
  const claimed = new Set<number>();
  for (const node of change.dead) {
    if (isOut.has(node)) continue;
    const { feeds, reserves } = line.nodes[node] as OneLine["nodes"][number];
    const upstream = [...feeds, ...reserves];
    const standsIn = upstream.length > 1 && upstream.some((each) => !isOut.has(each));
    if (standsIn || upstream.some((each) => claimed.has(each))) claimed.add(node);
  }
  return [...claimed];
}

/** Keeps the one that is short by most; short for sure comes before what is not known, and that before what holds. */
function keepWorst(kept: Map<number, WorstBridging>, asked: WorstBridging): void {
  const before = kept.get(asked.node);
  if (before === undefined || shortBy(asked) > shortBy(before)) kept.set(asked.node, asked);
}

/** Seconds short, as a rank: what is short for sure is above all that is not known, and that above all that holds. */
export function shortBy({ gap, rides }: Bridging): number {
  const short = rides === null ? Number.NaN : gap.seconds - rides;
  if (short > 0) return UNKNOWN + short;
  return Number.isNaN(short) || gap.missing.length > 0 ? UNKNOWN : Math.max(short, -UNKNOWN);
}
const UNKNOWN = 1e12;
