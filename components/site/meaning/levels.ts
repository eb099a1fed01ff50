import { isSource, kindOf, type NodeKind } from "../../power/schema.ts";
import type { Fault } from "../fault.ts";
import { select } from "../select.ts";
import { expandIds } from "../template.ts";
import { figureOf } from "./figure.ts";

/** A level as far as it can be read. */
interface LevelRead {
  readonly id: string;
  readonly path: string;
  readonly per: string;
  readonly source: boolean;
  readonly fedBy: string | null;
  readonly reserve: string | null;
  readonly services: readonly string[];
  /** Voltages in V; null where unknown or not stated. */
  readonly primary: number | null;
  readonly voltage: number | null;
  readonly transforms: boolean;
}

const SCOPES = ["site", "building", "hall", "pod", "rack"];

/** The levels of the distribution make a chain: no cycle, nothing fed from below, nothing that feeds nobody, one voltage. */
export function levelFaults(root: unknown): readonly Fault[] {
  const levels = select(root, "power.distribution[]").found.flatMap(({ value, path }) => readLevel(value, path));
  const cycles = levels.flatMap((level) => cycleFault(level, levels)).slice(0, 1);
  if (cycles.length > 0) return cycles;
  return [
    ...levels.flatMap((level) => fromBelow(level, levels)),
    ...feedsNothing(levels),
    ...levels.flatMap((level) => voltageFaults(level, levels, root)),
  ];
}

function readLevel(value: unknown, path: string): readonly LevelRead[] {
  const at = (key: string) => select(value, key).found[0]?.value;
  const text = (key: string) => (typeof at(key) === "string" ? (at(key) as string) : null);
  const id = text("id");
  const per = text("per");
  if (id === null || per === null) return [];
  const volts = (key: string) =>
    select(value, key).found.flatMap((found) => figureOf("voltage", found)?.value ?? [])[0] ?? null;
  return [
    {
      id,
      path,
      per,
      source: isSource(kindOf(id, (text("kind") ?? undefined) as NodeKind | undefined)),
      fedBy: text("fedBy"),
      reserve: text("reserve"),
      services: select(value, "services[]").found.flatMap((found) =>
        typeof found.value === "string" ? [found.value] : [],
      ),
      primary: volts("primary"),
      voltage: volts("voltage"),
      transforms: at("primary") !== undefined,
    },
  ];
}

/** What feeds a level, by name or by its place in the list; what stands by for it. */
function above(level: LevelRead, levels: readonly LevelRead[]): LevelRead | null {
  if (level.source || level.services.length > 0) return null;
  if (level.fedBy !== null) return levels.find(({ id }) => id === level.fedBy) ?? null;
  return levels.slice(0, levels.indexOf(level)).findLast(({ source }) => !source) ?? null;
}

const upstreamOf = (level: LevelRead, levels: readonly LevelRead[]): readonly LevelRead[] => {
  const reserve = levels.find(({ id }) => id === level.reserve);
  const feed = above(level, levels);
  return [...(feed === null ? [] : [feed]), ...(reserve === undefined ? [] : [reserve])];
};

function cycleFault(level: LevelRead, levels: readonly LevelRead[]): readonly Fault[] {
  const seen = new Set<LevelRead>();
  const queue = [...upstreamOf(level, levels)];
  for (const each of queue) {
    if (seen.has(each)) continue;
    seen.add(each);
    queue.push(...upstreamOf(each, levels));
  }
  const path = `${level.path}.${level.fedBy !== null ? "fedBy" : level.reserve !== null ? "reserve" : "id"}`;
  const fix = "feed it from a level nearer to the meter";
  return seen.has(level)
    ? [
        {
          path,
          problem: "levels feed each other in a circle",
          got: level.id,
          allowed: "power flows from the meter down",
          fix,
        },
      ]
    : [];
}

function fromBelow(level: LevelRead, levels: readonly LevelRead[]): readonly Fault[] {
  return upstreamOf(level, levels)
    .filter(({ per }) => SCOPES.indexOf(per) > SCOPES.indexOf(level.per))
    .map((feed) => ({
      path: `${level.path}.per`,
      problem: "level fed from below",
      got: `${level.per}, fed by ${feed.id} of each ${feed.per}`,
      allowed: `${feed.per} or finer`,
      fix: "list the levels from the meter down, or name another fedBy",
    }));
}

/** The racks hang on the last level; every other one feeds a level or stands by for one, as far as all names are there. */
function feedsNothing(levels: readonly LevelRead[]): readonly Fault[] {
  const named = new Set<string | null>([null, ...levels.map(({ id }) => id)]);
  if (levels.some(({ fedBy, reserve }) => !named.has(fedBy) || !named.has(reserve))) return [];
  const used = new Set(levels.flatMap((level) => upstreamOf(level, levels)));
  const last = levels.findLast(({ source }) => !source);
  const lastAbove = levels.findLast(({ source, per }) => !source && per !== "rack");
  return levels
    .filter((level) => !used.has(level) && level !== last && level !== lastAbove)
    .map(({ path, id, source }) => ({
      path: `${path}.id`,
      problem: "level feeds nothing",
      got: id,
      allowed: source
        ? "a genset that a level names as its reserve"
        : "each level feeds another, the last one the racks",
      fix: source
        ? `name it as \`reserve: ${id}\` of the level that it stands by for`
        : "name it as fedBy of a level, or take it out",
    }));
}

function voltageFaults(level: LevelRead, levels: readonly LevelRead[], root: unknown): readonly Fault[] {
  const taken = level.transforms ? level.primary : level.voltage;
  if (taken === null) return [];
  const path = `${level.path}.${level.transforms ? "primary" : "voltage"}`;
  const givers = [
    ...upstreamOf(level, levels).map(({ id, voltage }) => ({ id, voltage })),
    ...(above(level, levels) === null && !level.source ? servicesOf(level, root) : []),
  ];
  return givers
    .filter(({ voltage }) => voltage !== null && voltage !== taken)
    .slice(0, 1)
    .map(({ id, voltage }) => ({
      path,
      problem: "voltages do not meet",
      got: `${taken} V, fed by ${id} at ${voltage} V`,
      allowed: `${voltage} V`,
      fix: "put a transformer between them, with its primary voltage, or mend one of the two",
    }));
}

/** The services that feed a level: those it names, else all of the site. */
function servicesOf(
  level: LevelRead,
  root: unknown,
): readonly { readonly id: string; readonly voltage: number | null }[] {
  return select(root, "power.services[]").found.flatMap(({ value }) => {
    const id = select(value, "id").found[0]?.value;
    const voltage =
      select(value, "voltage").found.flatMap((found) => figureOf("voltage", found)?.value ?? [])[0] ?? null;
    if (typeof id !== "string") return [];
    return expandIds(id)
      .filter((each) => level.services.length === 0 || level.services.includes(each))
      .map((each) => ({ id: each, voltage }));
  });
}
