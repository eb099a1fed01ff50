import { type Document, isMap, isNode, isPair, isScalar, LineCounter, type Node, type Pair } from "yaml";
import type { Position } from "./fault.ts";
import { readPath, type Step } from "./path.ts";

/** The text of a blueprint with the places of its parts. */
export interface SiteSource {
  readonly file: string;
  readonly text: string;
  /** Where a path stands: its value or its key, else the nearest ancestor that is there. */
  locate(path: string, at?: "key" | "value"): Position;
}

/** A source whose paths are looked up in the parsed document; before parsing, everything is at one offset. */
export function siteSource(file: string, text: string, document: Document.Parsed | null, offset = 0): SiteSource {
  const lines = new LineCounter();
  for (let index = text.indexOf("\n"); index !== -1; index = text.indexOf("\n", index + 1)) lines.addNewLine(index + 1);
  lines.lineStarts.unshift(0);
  const position = (at: number): Position => {
    const { line, col } = lines.linePos(Math.min(at, text.length));
    return { file, line, column: col };
  };
  const locate = (path: string, at: "key" | "value" = "value"): Position =>
    position(document === null ? offset : offsetOf(document, readPath(path), at));
  return { file, text, locate };
}

function offsetOf(document: Document.Parsed, steps: readonly Step[], at: "key" | "value"): number {
  let node: unknown = document.contents;
  let key: Node | null = null;
  for (const step of steps) {
    const pair = child(node, step);
    if (pair === null) return startOf(key, node, steps.length === 0 ? at : "key");
    key = pair.key;
    node = pair.value;
  }
  return startOf(key, node, at);
}

function child(node: unknown, step: Step): { readonly key: Node | null; readonly value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find(
      (item): item is Pair<Node, unknown> =>
        isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    );
    return pair === undefined ? null : { key: pair.key, value: pair.value };
  }
  const item = (node as { items?: readonly unknown[] } | null)?.items?.[Number(step)];
  return item === undefined ? null : { key: isNode(item) ? item : null, value: item };
}

/** A missing key points at the key of the block that lacks it; a value that is there at itself. */
const startOf = (key: Node | null, node: unknown, at: "key" | "value"): number => {
  const value = isNode(node) ? node.range?.[0] : undefined;
  const keyed = key?.range?.[0];
  return (at === "key" ? (keyed ?? value) : (value ?? keyed)) ?? 0;
};
