import Table from "cli-table3";

const NONE = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "  ",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Columns that line up, without rules; a column whose head starts with ">" stands to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({
    chars: NONE,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colAligns: head.map((title) => (title.startsWith(">") ? "right" : "left")),
    head: head.map((title) => title.replace(/^>/, "")),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
