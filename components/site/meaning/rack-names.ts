import { select } from "../select.ts";
import { namesAt } from "./names.ts";

/** Halls, pods of a hall and racks of a pod of one building. */
interface Inside {
  readonly halls: number;
  readonly podsPerHall: number;
  readonly racksPerPod: number;
}

/** Buildings with what they hold; null where one of them cannot be read. */
export function insideOf(root: unknown): ReadonlyMap<string, Inside> | null {
  const inside = new Map<string, Inside>();
  for (const { value } of select(root, "buildings[]").found) {
    const count = (key: string) => select(value, key).found[0]?.value;
    const [halls, podsPerHall, racksPerPod] = ["halls", "podsPerHall", "racksPerPod"].map(count);
    const { names, complete } = namesAt(value, "id");
    if (!complete || !isCount(halls) || !isCount(podsPerHall) || !isCount(racksPerPod)) return null;
    for (const { id } of names) inside.set(id, { halls, podsPerHall, racksPerPod });
  }
  return inside;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/** Most racks that a file of a mebibyte can name. */
const MOST = 50_000;

/** Names of all racks, "b1.h1.p1.r1"; null where they cannot be read, or are more than an as-built list can hold. */
export function racksOfSite(root: unknown): ReadonlySet<string> | null {
  const inside = insideOf(root);
  if (inside === null) return null;
  const names = new Set<string>();
  for (const [id, { halls, podsPerHall, racksPerPod }] of inside) {
    if (names.size + halls * podsPerHall * racksPerPod > MOST) return null;
    for (let hall = 1; hall <= halls; hall++) {
      for (let pod = 1; pod <= podsPerHall; pod++) {
        for (let rack = 1; rack <= racksPerPod; rack++) names.add(`${id}.h${hall}.p${pod}.r${rack}`);
      }
    }
  }
  return names;
}
