import { type Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import type { Step } from "./path.ts";

/** A parsed place: its key where it has one, its value where something is written. */
export interface Place {
  readonly key: Node | null;
  readonly value: Node | null;
  /** False where the path ends before this step: the place is then the nearest ancestor. */
  readonly found: boolean;
}

/** Keys of a map, built once: a hostile file has a hundred thousand of them. */
const KEYS = new WeakMap<YAMLMap, ReadonlyMap<string, Place>>();

/** The node at a path, else its nearest ancestor. */
export function placeAt(document: Document.Parsed, steps: readonly Step[]): Place {
  let place: Place = { key: null, value: document.contents, found: true };
  for (const step of steps) {
    const next = child(place.value, step);
    if (next === null) return { ...place, found: false };
    place = next;
  }
  return place;
}

function child(node: Node | null, step: Step): Place | null {
  if (isMap(node)) return keysOf(node).get(String(step)) ?? null;
  if (!isSeq(node) || typeof step !== "number" || node.items.length <= step) return null;
  return { key: null, value: node.items[step] as Node | null, found: true };
}

function keysOf(map: YAMLMap): ReadonlyMap<string, Place> {
  const known = KEYS.get(map);
  if (known !== undefined) return known;
  const keys = new Map<string, Place>();
  for (const { key, value } of map.items) {
    if (isScalar(key) && !keys.has(String(key.value))) {
      keys.set(String(key.value), { key, value: value as Node | null, found: true });
    }
  }
  KEYS.set(map, keys);
  return keys;
}

/** What is written at a path, letter for letter, where it is a plain scalar: "1.20", which a number has lost. */
export function writtenAt(document: Document.Parsed, steps: readonly Step[]): string | null {
  const { value, found } = placeAt(document, steps);
  return found && isScalar(value) && typeof value.value !== "string" && value.source !== undefined
    ? value.source
    : null;
}
