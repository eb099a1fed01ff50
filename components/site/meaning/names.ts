import { selectTexts } from "../select.ts";
import { expandIds, runOf } from "../template.ts";

/** An id with the path where it, or the template that it comes from, stands. */
export interface Named {
  readonly id: string;
  readonly path: string;
}

/** Ids of one list; `complete` is false where an entry cannot be read, and what is not among them proves nothing. */
export interface Names {
  readonly names: readonly Named[];
  readonly complete: boolean;
}

export const MAX_RUN = 1_000;
export const MAX_NAMES = 10_000;

/** Every id that the templates at a selector stand for; empty texts, runs and lists beyond the limits are left out. */
export function namesAt(root: unknown, selector: string): Names {
  const { found, complete } = selectTexts(root, selector);
  const names: Named[] = [];
  let left = false;
  for (const { value, path } of found) {
    const run = runOf(value);
    if (value === "" || names.length > MAX_NAMES || (run !== null && run.last - run.first >= MAX_RUN)) left = true;
    else names.push(...expandIds(value).map((id) => ({ id, path })));
  }
  return { names, complete: complete && !left };
}

/** Names by the path where they stand: a fault is told once a place, whatever the number of ids in its run. */
export function byPath(names: readonly Named[]): readonly { readonly path: string; readonly ids: readonly string[] }[] {
  const paths = Map.groupBy(names, ({ path }) => path);
  return [...paths].map(([path, all]) => ({ path, ids: all.map(({ id }) => id) }));
}

/** "b3, b4, b5 and 2 more". */
export function few(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).join(", ");
  return ids.length > 3 ? `${shown} and ${ids.length - 3} more` : shown;
}
