import { stripVTControlCharacters } from "node:util";
import { displayWidth } from "../../components/site/display-width.ts";

export const WIDTH = 80;
/** A space, but not the one between a number and its unit. */
const BREAK = / (?![kMG]?W\b)/;

/** Breaks a line at spaces to fit 80 columns, further lines indented; colours take no room. */
export function wrap(line: string, indent: number): string {
  const [first = "", ...words] = line.trimStart().split(BREAK);
  const lines: string[] = [];
  let current = `${/^ */.exec(line)?.[0] ?? ""}${first}`;
  for (const word of words) {
    if (widthOf(`${current} ${word}`) > WIDTH) {
      lines.push(current.trimEnd());
      current = `${" ".repeat(indent)}${word}`;
    } else {
      current = `${current} ${word}`;
    }
  }
  return [...lines, current.trimEnd()].join("\n");
}

const widthOf = (text: string): number => displayWidth(stripVTControlCharacters(text));
