import { LineCounter } from "yaml";
import type { TextPlace } from "./path.ts";

/** Offsets of a text to lines and columns, 1-based; columns count UTF-16 units, as editors do. */
export function placesOf(text: string): (offset: number) => TextPlace {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let index = text.indexOf("\n"); index !== -1; index = text.indexOf("\n", index + 1)) lines.addNewLine(index + 1);
  return (offset) => {
    const { line, col } = lines.linePos(Math.min(Math.max(0, offset), text.length));
    return { line, column: col };
  };
}
