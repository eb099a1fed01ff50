import type { Fault } from "../fault.ts";
import { SCOPES } from "../fields.ts";
import { select, selectTexts } from "../select.ts";
import { namesAt } from "./names.ts";
import { insideOf } from "./rack-names.ts";

const NODE = /^(?:([a-z][a-z0-9-]*)(?:\.h(\d+)(?:\.p(\d+)(?:\.r(\d+))?)?)?\.)?([a-z][a-z0-9-]*)-(\d+)$/;

/**
 * Outages that the blueprint states name nodes that are there: of the as-built list, an element of a level at its place, or a
 * service that a level hangs on. */
export function outageNameFaults(root: unknown): readonly Fault[] {
  const asBuilt = namesAt(root, "power.asBuilt[].id");
  const ids = new Set(
    [...asBuilt.names, ...namesAt(root, "power.distribution[].services[]").names].map(({ id }) => id),
  );
  const isThere = (id: string) => ids.has(id) || (asBuilt.names.length === 0 && isElement(root, id));
  return selectTexts(root, "power.outages[].ids[]")
    .found.filter(({ value }) => !isThere(value))
    .map(({ value, path }) => ({
      path,
      problem: "unknown node",
      got: value,
      allowed: "a node as millrace failures names it: b1.h1.p1.rpp-2, ups-1, a service that a level names",
      fix: "mend the name: the place of the set, the level, the number of the element in its set",
    }));
}

function isElement(root: unknown, id: string): boolean {
  const [, building, hall, pod, rack, level, number] = NODE.exec(id) ?? [];
  const found = select(root, "power.distribution[]").found.find(
    ({ value }) => select(value, "id").found[0]?.value === level,
  );
  const count = select(found?.value, "count").found[0]?.value;
  const per = select(found?.value, "per").found[0]?.value;
  const depth = [building, hall, pod, rack].filter((part) => part !== undefined).length;
  if (typeof count !== "number" || Number(number) < 1 || Number(number) > count || SCOPES[depth] !== per) return false;
  const inside = building === undefined ? null : insideOf(root)?.get(building);
  if (inside === null) return true;
  if (inside === undefined) return false;
  const within = (part: string | undefined, most: number) =>
    part === undefined || (Number(part) >= 1 && Number(part) <= most);
  return within(hall, inside.halls) && within(pod, inside.podsPerHall) && within(rack, inside.racksPerPod);
}
