import { isSource, kindOf, type NodeKind } from "../../power/schema.ts";
import type { Fault } from "../fault.ts";
import { SCOPES } from "../fields.ts";
import { select } from "../select.ts";
import { expandIds } from "../template.ts";
import { type Voltages, voltageAt, voltageFaults, voltagesAt } from "./voltages.ts";

/** A level as far as it can be read. */
interface LevelRead extends Voltages {
  readonly per: string;
  readonly source: boolean;
  readonly fedBy: string | null;
  readonly reserve: string | null;
  readonly services: readonly string[];
}

/** The levels of the distribution make a chain: no cycle, nothing fed from below, nothing that feeds nobody, one voltage. */
export function levelFaults(root: unknown): readonly Fault[] {
  const levels = select(root, "power.distribution[]").found.flatMap(({ value, path }) => readLevel(value, path));
  const cycles = levels.flatMap((level) => cycleFault(level, levels)).slice(0, 1);
  if (cycles.length > 0) return cycles;
  return [
    ...levels.flatMap((level) => fromBelow(level, levels)),
    ...feedsNothing(levels),
    ...levels.flatMap((level) => voltageFaults(level, giversOf(level, levels, root))),
  ];
}

function readLevel(value: unknown, path: string): readonly LevelRead[] {
  const at = (key: string) => select(value, key).found[0]?.value;
  const text = (key: string) => (typeof at(key) === "string" ? (at(key) as string) : null);
  const id = text("id");
  const per = text("per");
  if (id === null || per === null) return [];
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
      ...voltagesAt(value),
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

const depthOf = (per: string): number => (SCOPES as readonly string[]).indexOf(per);

function fromBelow(level: LevelRead, levels: readonly LevelRead[]): readonly Fault[] {
  return upstreamOf(level, levels)
    .filter(({ per }) => depthOf(per) > depthOf(level.per))
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

/** What gives a level its voltage: what feeds it and stands by for it, or the services where no level does. */
const giversOf = (level: LevelRead, levels: readonly LevelRead[], root: unknown): readonly Giver[] => [
  ...upstreamOf(level, levels),
  ...(above(level, levels) === null && !level.source ? servicesOf(level, root) : []),
];

type Giver = Pick<Voltages, "id" | "voltage">;

/** The services that feed a level: those it names, else all of the site. */
function servicesOf(level: LevelRead, root: unknown): readonly Giver[] {
  return select(root, "power.services[]").found.flatMap(({ value }) => {
    const id = select(value, "id").found[0]?.value;
    if (typeof id !== "string") return [];
    return expandIds(id)
      .filter((each) => level.services.length === 0 || level.services.includes(each))
      .map((each) => ({ id: each, voltage: voltageAt(value, "voltage") }));
  });
}
