import { displayWidth } from "../../components/site/display-width.ts";

/** A table that lines up in its source as well; a column whose head starts with ">" stands to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = head.map((title) => title.startsWith(">"));
  const titles = head.map((title) => title.replace(/^>/, ""));
  const widths = titles.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column] ?? "")].map(displayWidth)),
  );
  const cell = (value: string, column: number): string => {
    const space = " ".repeat((widths[column] ?? 0) - displayWidth(value));
    return right[column] ? `${space}${value}` : `${value}${space}`;
  };
  const rule = widths.map((width, column) => `${"-".repeat(width - 1)}${right[column] ? ":" : "-"}`);
  return [titles.map(cell), rule, ...rows.map((row) => row.map(cell))]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
