import { feedsNobody, normalFlow, type Sharers, sharers } from "./flow.ts";
import { NOISE_WATTS, type OneLine } from "./graph.ts";

/** What an outage changes against the normal state: only the nodes it touches. Valid until the next outage is asked for. */
export interface Change {
  /** Nodes without power: those out, and those left without a living feed or reserve. */
  readonly dead: readonly number[];
  /** Nodes that carry another load than normally. */
  readonly changed: readonly number[];
  /** What a node passes on in this state, in W. */
  readonly carried: (node: number) => number;
  readonly isDead: (node: number) => boolean;
  /** 1 for the dead, by node. */
  readonly flags: Uint8Array;
  /** Nodes that live on a reserve now. */
  readonly onReserve: readonly number[];
}

/** Scratch of one study: flags and sums by node, cleared by what was touched, so that a small outage costs little. */
interface Scratch {
  readonly normal: Float64Array;
  readonly dead: Uint8Array;
  readonly queued: Uint8Array;
  readonly delta: Float64Array;
  readonly heap: number[];
  readonly touched: number[];
}

/**
 * States of one line, each in time linear (but for the order of the queue) in what the outage touches: the nodes it
 * leaves dark, those that share their load anew, and everything upstream of these.
 */
export function outages(line: OneLine, load: Float64Array): (out: readonly number[]) => Change {
  const scratch: Scratch = {
    normal: normalFlow(line, load),
    dead: new Uint8Array(line.count),
    queued: new Uint8Array(line.count),
    delta: new Float64Array(line.count),
    heap: [],
    touched: [],
  };
  const isDead = (node: number) => scratch.dead[node] === 1;
  const carried = (node: number) => carriedNow(scratch, node);
  let dead: readonly number[] = [];
  return (out) => {
    clear(scratch, dead);
    dead = darken(line, out, scratch.dead);
    const { changed, onReserve } = reshare(line, dead, scratch);
    return { dead, changed, carried, isDead, flags: scratch.dead, onReserve };
  };
}

const carriedNow = ({ dead, normal, delta }: Scratch, node: number): number =>
  dead[node] === 1 ? 0 : Math.max(0, (normal[node] as number) + (delta[node] as number));

function clear(scratch: Scratch, dead: readonly number[]): void {
  for (const node of dead) scratch.dead[node] = 0;
  for (const node of scratch.touched) {
    scratch.queued[node] = 0;
    scratch.delta[node] = 0;
  }
  scratch.touched.length = 0;
}

function darken(line: OneLine, out: readonly number[], dead: Uint8Array): readonly number[] {
  const queue = [...new Set(out)];
  for (const node of queue) dead[node] = 1;
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next] as number;
    for (let edge = line.fedBy.start[node] as number; edge < (line.fedBy.start[node + 1] as number); edge++) {
      const child = line.fedBy.list[edge] as number;
      if (dead[child] === 0 && feedsNobody(sharers(line, child, dead))) {
        dead[child] = 1;
        queue.push(child);
      }
    }
  }
  return queue;
}

/** Loads after the outage, worked upstream from the lowest node touched. */
function reshare(line: OneLine, dead: readonly number[], scratch: Scratch): Pick<Change, "changed" | "onReserve"> {
  for (const node of dead) {
    enqueue(scratch, node);
    for (let edge = line.fedBy.start[node] as number; edge < (line.fedBy.start[node + 1] as number); edge++) {
      enqueue(scratch, line.fedBy.list[edge] as number);
    }
  }
  const changed: number[] = [];
  const onReserve: number[] = [];
  for (let node = dequeue(scratch.heap); node !== undefined; node = dequeue(scratch.heap)) {
    const before = scratch.normal[node] as number;
    const after = carriedNow(scratch, node);
    const gain = line.gain[node] as number;
    if (Math.abs(after - before) > NOISE_WATTS) changed.push(node);
    move(scratch, sharers(line, node, null), -before * gain);
    if (scratch.dead[node] === 1) continue;
    const now = sharers(line, node, scratch.dead);
    if (now.edges === line.reserves) onReserve.push(node);
    move(scratch, now, after * gain);
  }
  return { changed, onReserve };
}

/** Adds an amount, in equal parts, to what the sharers carry. */
function move(scratch: Scratch, to: Sharers, amount: number): void {
  for (let edge = to.from; edge < to.until; edge++) {
    const node = to.edges.list[edge] as number;
    const takes = amount < 0 || scratch.dead[node] === 0;
    if (!takes) continue;
    scratch.delta[node] = (scratch.delta[node] ?? 0) + amount / to.parts;
    enqueue(scratch, node);
  }
}

/** A heap that gives the largest number first, and each number once an outage. */
function enqueue({ heap, queued, touched }: Scratch, value: number): void {
  if (queued[value] === 1) return;
  queued[value] = 1;
  touched.push(value);
  let index = heap.push(value) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if ((heap[parent] as number) >= value) break;
    heap[index] = heap[parent] as number;
    index = parent;
  }
  heap[index] = value;
}

function dequeue(heap: number[]): number | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child + 1 < heap.length && (heap[child + 1] as number) > (heap[child] as number)) child++;
    if (child >= heap.length || (heap[child] as number) <= last) break;
    heap[index] = heap[child] as number;
    index = child;
  }
  heap[index] = last;
  return top;
}
