import type { Scheme } from "../schema.ts";

/** What is fed: the element-th of `count` of its set; its set is the turn-th of `turns` below the same feeding set. */
export interface Fed {
  readonly element: number;
  readonly count: number;
  readonly turn: number;
  readonly turns: number;
  /** Several elements that stand in for one another: each takes its own side of what feeds the set. */
  readonly redundant: boolean;
}

/** Places in the feeding set. */
export interface Wires {
  readonly feeds: readonly number[];
  readonly reserves: readonly number[];
}

/**
 * How an element hangs on a set of `installed` elements above it, by the scheme of that set. One that stands alone
 * hangs on all of them where they work in parallel or as sides (N+1, 2N, 3N/2, 4N/3); one of several that stand in for
 * one another hangs on its own, so that the loss above takes one of them and not all.
 */
export function wires(scheme: Scheme, installed: number, fed: Fed): Wires {
  const all = [...Array(installed).keys()];
  const every = fed.turn * fed.count + fed.element;
  switch (scheme) {
    case "N":
      return direct(byTurn(all, every, fed.turns * fed.count));
    case "N+1":
      return direct(all);
    case "2N":
      return direct(fed.redundant ? side(all, fed.element) : all);
    case "3N/2":
    case "4N/3":
      return direct(fed.redundant ? [ownOf(all, fed)] : all);
    case "distributed":
      return direct(fed.redundant ? [ownOf(all, { ...fed, count: 2 })] : combination(all, 2, fed.turn));
    case "catcher":
      return installed < 2 ? direct(all) : { feeds: [every % (installed - 1)], reserves: [installed - 1] };
  }
}

const direct = (feeds: readonly number[]): Wires => ({ feeds, reserves: [] });

/** Fed by one in turn; where fewer are fed than feed, each takes its share of them. */
const byTurn = (all: readonly number[], every: number, total: number): readonly number[] =>
  all.length <= total ? [every % all.length] : all.filter((place) => place % total === every);

/** Side A is the first half of a 2N set, side B the rest. */
const side = (all: readonly number[], element: number): readonly number[] => {
  const half = Math.floor(all.length / 2);
  return element % 2 === 0 ? all.slice(0, Math.max(1, half)) : all.slice(Math.min(half, all.length - 1));
};

/** Its own of the systems above: all in turn where there are as many below, else a combination of them by turn. */
function ownOf(all: readonly number[], { element, count, turn }: Pick<Fed, "element" | "count" | "turn">): number {
  if (count >= all.length) return element % all.length;
  return combination(all, count, turn)[element % count] as number;
}

/** The turn-th way to choose `size` of the places, in lexical order, over and over. */
export function combination(all: readonly number[], size: number, turn: number): readonly number[] {
  const ways = combinations(all, Math.min(size, all.length));
  return ways[turn % ways.length] ?? all;
}

function combinations(all: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return all.flatMap((first, index) => combinations(all.slice(index + 1), size - 1).map((rest) => [first, ...rest]));
}
