import { select } from "../select.ts";
import { namesAt } from "./names.ts";

/** What a pool needs to know of a building; null where the file does not say it in a form that can be read. */
export interface Building {
  readonly racks: number | null;
  readonly system: string | null;
}

const COUNTS = ["halls", "podsPerHall", "racksPerPod"];

/** Buildings of each phase, by the phase's id; one that the site does not have counts as unreadable. */
export function buildingsOfPhases(root: unknown): ReadonlyMap<unknown, readonly Building[]> {
  const buildings = new Map(
    select(root, "buildings[]").found.flatMap(({ value }) => {
      const building = { racks: racksOf(value), system: textOf(value, "system") };
      return namesAt(value, "id").names.map(({ id }) => [id, building] as const);
    }),
  );
  return new Map(
    select(root, "phases[]").found.map(({ value }) => {
      const ids = namesAt(value, "buildings[]").names.map(({ id }) => id);
      return [textOf(value, "id"), ids.map((id) => buildings.get(id) ?? { racks: null, system: null })];
    }),
  );
}

/** Racks of one building of a run, where all of its counts can be read. */
export function racksOf(building: unknown): number | null {
  const counts = COUNTS.map((key) => select(building, key).found[0]?.value);
  return counts.every((count) => typeof count === "number" && Number.isSafeInteger(count) && count > 0)
    ? counts.reduce<number>((product, count) => product * (count as number), 1)
    : null;
}

function textOf(block: unknown, key: string): string | null {
  const value = select(block, key).found[0]?.value;
  return typeof value === "string" ? value : null;
}
