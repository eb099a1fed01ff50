import type { Edges, OneLine } from "./graph.ts";

/**
 * What each node passes on with nothing out, in W. A node's load is shared in equal parts by its feeds, with its own
 * losses on top.
 */
export function normalFlow(line: OneLine, load: Float64Array): Float64Array {
  const carried = Float64Array.from(load);
  for (let index = line.count - 1; index >= 0; index--) {
    const to = sharers(line, index, null);
    const each = ((carried[index] as number) * (line.gain[index] as number)) / to.parts;
    for (let feed = to.from; feed < to.until; feed++) {
      const node = to.edges.list[feed] as number;
      carried[node] = (carried[node] as number) + each;
    }
  }
  return carried;
}

/** The slice of edges over which a node shares its load, and into how many parts. */
export interface Sharers {
  readonly edges: Edges;
  readonly from: number;
  readonly until: number;
  readonly parts: number;
}

/** Living feeds share in equal parts; where none lives, the first living reserve takes the whole; else nobody. */
export function sharers(line: OneLine, index: number, dead: Uint8Array | null): Sharers {
  const { feeds, reserves } = line;
  const from = feeds.start[index] as number;
  const until = feeds.start[index + 1] as number;
  const living = dead === null ? until - from : countLiving(feeds, from, until, dead);
  if (living > 0) return { edges: feeds, from, until, parts: living };
  const last = reserves.start[index + 1] as number;
  for (let edge = reserves.start[index] as number; edge < last; edge++) {
    if (dead === null || dead[reserves.list[edge] as number] === 0) {
      return { edges: reserves, from: edge, until: edge + 1, parts: 1 };
    }
  }
  return { edges: feeds, from, until: from, parts: 1 };
}

export const feedsNobody = ({ from, until }: Sharers): boolean => from === until;

function countLiving(edges: Edges, from: number, until: number, dead: Uint8Array): number {
  let living = 0;
  for (let edge = from; edge < until; edge++) living += dead[edges.list[edge] as number] === 0 ? 1 : 0;
  return living;
}
