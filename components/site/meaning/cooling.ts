import { COOLING_KINDS, type CoolingKind, OUTDOORS } from "../../cooling/schema.ts";
import type { Fault } from "../fault.ts";
import { SCOPES } from "../fields.ts";
import { didYouMean } from "../nearest.ts";
import { type Found, select } from "../select.ts";

/** Beside what every level states: what a kind has to state, and what has no meaning for it. */
const STATES: Readonly<Record<CoolingKind, readonly string[]>> = {
  cdu: ["rating", "ratedAt", "approach", "flow"],
  "air-handler": ["rating", "ratedAt"],
  pump: ["flow"],
  chiller: ["rating", "ratedAt"],
  "dry-cooler": ["rating", "ratedAt", "approach"],
  tower: ["rating", "ratedAt", "approach"],
};
const CHOSEN = ["rating", "ratedAt", "approach", "flow"];
const TAKES_RACKS: readonly string[] = ["cdu", "air-handler"];
const SIZES: readonly string[] = [...SCOPES].reverse();

/** Each level states what its kind has, and hands its heat to a level further down that is no finer than itself. */
export function coolingFaults(root: unknown): readonly Fault[] {
  const levels = select(root, "cooling.levels[]").found;
  const feeds = select(root, "power.distribution[]").found;
  return [
    ...levels.flatMap(figures),
    ...levels.flatMap((level, index) => handsTo(level, levels.slice(index + 1), levels)),
    ...levels.flatMap((level) => feedFaults(level, feeds)),
    ...secondTaker(levels),
  ];
}

const wordAt = ({ value }: Found, key: string): string | null => {
  const word = select(value, key).found[0]?.value;
  return typeof word === "string" ? word : null;
};

function figures(level: Found): readonly Fault[] {
  const kind = COOLING_KINDS.find((each) => each === wordAt(level, "kind"));
  if (kind === undefined) return [];
  const needed = STATES[kind];
  const there = (key: string) => select(level.value, key).found.length > 0;
  const missing = needed.filter((key) => !there(key));
  const without = CHOSEN.filter((key) => !needed.includes(key) && there(key));
  return [
    ...missing.map((key) => ({
      path: level.path,
      problem: `${key} is missing`,
      got: `a ${kind} without ${key}`,
      allowed: `a ${kind} states ${needed.join(", ")}`,
      fix: `add \`${key}: unknown\`, or its value`,
    })),
    ...without.map((key) => ({
      path: `${level.path}.${key}`,
      problem: "has no meaning here",
      got: `${key} of a ${kind}`,
      allowed: `a ${kind} states ${needed.join(", ")}`,
      fix: "take it out",
    })),
  ];
}

/** Heat goes down the list, to levels that take water, and never from a whole to one of its parts. */
function handsTo(level: Found, below: readonly Found[], all: readonly Found[]): readonly Fault[] {
  const to = wordAt(level, "to");
  if (to === OUTDOORS) return [];
  const takers = below.filter((each) => !TAKES_RACKS.includes(wordAt(each, "kind") ?? ""));
  const next = to === null ? takers[0] : takers.find((each) => wordAt(each, "id") === to);
  if (next === undefined) return to === null ? [] : [noSuchLevel(level, to, takers, all)];
  const [from, onto] = [level, next].map((each) => SIZES.indexOf(wordAt(each, "per") ?? ""));
  if (from === undefined || onto === undefined || from < 0 || onto < 0 || from <= onto) return [];
  return [
    {
      path: `${level.path}.per`,
      problem: "hands its heat to something smaller",
      got: `${SIZES[from]}, to ${wordAt(next, "id")} of each ${SIZES[onto]}`,
      allowed: SIZES.slice(0, onto + 1).join(", "),
      fix: "name another level in `to`, or mend `per`",
    },
  ];
}

function noSuchLevel(level: Found, to: string, takers: readonly Found[], all: readonly Found[]): Fault {
  const ids = [...takers.flatMap((each) => wordAt(each, "id") ?? []), OUTDOORS];
  const known = all.some((each) => wordAt(each, "id") === to);
  return {
    path: `${level.path}.to`,
    problem: known ? "hands its heat back" : "unknown level",
    got: to,
    allowed: ids.join(", "),
    fix: didYouMean(to, ids, "name a level further down the list that takes water"),
  };
}

/** An element hangs on a set that feeds all of its place, and on elements that the set has. */
function feedFaults(level: Found, feeds: readonly Found[]): readonly Fault[] {
  const lineups = select(level.value, "lineups[]").found;
  const fedBy = wordAt(level, "fedBy");
  const feed = feeds.find((each) => wordAt(each, "id") === fedBy);
  if (feed === undefined) {
    return fedBy === null && lineups.length > 0
      ? [
          {
            path: `${level.path}.lineups`,
            problem: "lineups of nothing",
            got: "lineups without fedBy",
            allowed: "elements of the level that feeds it",
            fix: "name the level of power.distribution in fedBy, or take it out",
          },
        ]
      : [];
  }
  const [from, onto] = [level, feed].map((each) => SIZES.indexOf(wordAt(each, "per") ?? ""));
  const finer = from !== undefined && onto !== undefined && onto >= 0 && from > onto;
  const count = select(feed.value, "count").found[0]?.value;
  return [
    ...(finer
      ? [
          {
            path: `${level.path}.fedBy`,
            problem: "fed by something smaller",
            got: `${fedBy} of each ${SIZES[onto]}, for a ${SIZES[from]}`,
            allowed: `a level of each ${SIZES.slice(from).join(", ")}`,
            fix: "name a level nearer to the meter",
          },
        ]
      : []),
    ...lineups
      .filter(({ value }) => typeof value === "number" && typeof count === "number" && value > count)
      .map(({ value, path }) => ({
        path: `${level.path}.${path}`,
        problem: "no such element",
        got: String(value),
        allowed: `1 to ${count}, as ${fedBy} has them`,
        fix: "name one that is there",
      })),
  ];
}

/** Who of two takes the racks' heat would not be known. */
const secondTaker = (levels: readonly Found[]): readonly Fault[] =>
  TAKES_RACKS.flatMap((kind) =>
    levels
      .filter((each) => wordAt(each, "kind") === kind)
      .slice(1)
      .map(({ path }) => ({
        path: `${path}.kind`,
        problem: `a second level of ${kind}`,
        got: kind,
        allowed: `one level of ${kind}`,
        fix: "make the two one level, or two sites of them",
      })),
  );
