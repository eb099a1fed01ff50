import type { Fault } from "../fault.ts";
import { selectTexts } from "../select.ts";
import { byPath, few, namesAt } from "./names.ts";

/** Phases come in the order of their quarters, and each building comes with one. */
export const phaseFaults = (root: unknown): readonly Fault[] => [...outOfOrder(root), ...homeless(root)];

function outOfOrder(root: unknown): readonly Fault[] {
  const quarters = selectTexts(root, "phases[].from").found.filter(({ value }) => /^20\d\d-Q[1-4]$/.test(value));
  return quarters.flatMap(({ value, path }, index) => {
    const before = quarters[index - 1]?.value;
    const fix = "list the phases in the order in which they come online";
    return before === undefined || before <= value
      ? []
      : [{ path, problem: "phase out of order", got: value, allowed: `${before} or later`, fix }];
  });
}

function homeless(root: unknown): readonly Fault[] {
  const homes = namesAt(root, "phases[].buildings[]");
  if (!homes.complete) return [];
  const there = new Set(homes.names.map(({ id }) => id));
  const without = namesAt(root, "buildings[].id").names.filter(({ id }) => !there.has(id));
  return byPath(without).map(({ path, ids }) => ({
    path,
    problem: "building in no phase",
    got: few(ids),
    allowed: "each building in one phase",
    fix: `add ${few(ids)} to the buildings of a phase`,
  }));
}
