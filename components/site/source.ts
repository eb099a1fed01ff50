import type { Document, Node } from "yaml";
import type { Fault, Position } from "./fault.ts";
import { placesOf } from "./lines.ts";
import { placeAt } from "./node.ts";
import { readPath, readPlace } from "./path.ts";

/** The text of a blueprint with the places of its parts. */
export interface SiteSource {
  readonly file: string;
  readonly text: string;
  /** Where a path stands: its value or its key, else the nearest ancestor that is there. */
  locate(path: string, at?: "key" | "value"): Position;
}

/** A source whose paths are looked up in the parsed document; a text that cannot be parsed has places only. */
export function siteSource(file: string, text: string, document: Document.Parsed | null): SiteSource {
  const place = placesOf(text);
  const locate = (path: string, at: "key" | "value" = "value"): Position => ({
    file,
    ...(readPlace(path) ?? place(document === null ? 0 : offsetOf(document, path, at))),
  });
  return { file, text, locate };
}

/** Where a fault stands: its key where that is what is wrong. */
export const placeOfFault = ({ path, atKey }: Fault, source: SiteSource): Position =>
  source.locate(path, atKey === true ? "key" : "value");

/** "stacks/lab/site.yaml:41:13": a place as editors and terminals open it. */
export const showPosition = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** A key or value that is not there points at the key of the block that lacks it. */
function offsetOf(document: Document.Parsed, path: string, at: "key" | "value"): number {
  const { key, value, found } = placeAt(document, readPath(path));
  const [first, second] = at === "key" || !found ? [key, value] : [value, key];
  return startOf(first) ?? startOf(second) ?? 0;
}

/** An empty value has no width: its key is the better place to point at. */
const startOf = (node: Node | null): number | undefined => {
  const range = node?.range;
  return range === undefined || range === null || range[0] === range[1] ? undefined : range[0];
};
