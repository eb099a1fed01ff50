import TextTable from "cli-table3";
import { displayWidth } from "../../components/site/display-width.ts";
import { WIDTH } from "./wrap.ts";

const INDENT = "  ";
const GAP = "  ";
const NARROWEST = 8;
const NO_RULES = {
  ...Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"].map((name) => [
      name,
      "",
    ]),
  ),
  ...Object.fromEntries(["left-mid", "mid", "mid-mid", "right", "right-mid"].map((name) => [name, ""])),
  left: INDENT,
  middle: GAP,
};

/** Heads and cells; a column whose head starts with ">" stands to the right. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const table = (head: Table["head"], rows: Table["rows"]): Table => ({ head, rows });

export const drawTable = (head: Table["head"], rows: Table["rows"]): string => tableText({ head, rows });

/**
 * Columns that line up, without rules; a column whose head starts with ">" stands to the right. What is wider than 80
 * columns is cut in its widest column of words, never in a number.
 */
export function tableText({ head, rows }: Table): string {
  const titles = head.map((title) => title.replace(/^>/, ""));
  const drawn = new TextTable({
    chars: NO_RULES,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: head.map((title) => (title.startsWith(">") ? "right" : "left")),
    colWidths: widths(head, [titles, ...rows]),
    head: titles,
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A section with nothing to show is left out. */
export const section = <Row>(rows: readonly Row[], draw: (rows: readonly Row[]) => Table): Table | null =>
  rows.length === 0 ? null : draw(rows);

function widths(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const natural = head.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  const room = WIDTH - INDENT.length - GAP.length * (head.length - 1);
  let over = natural.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const words = natural.map((width, column) => (head[column]?.startsWith(">") ? 0 : width));
    const widest = Math.max(...words);
    if (widest <= NARROWEST) break;
    natural[words.indexOf(widest)] = widest - 1;
    over--;
  }
  return natural;
}
