import { readFileSync } from "node:fs";
import type { Sighting } from "../../components/network/fabric/lldp.ts";
import { LLDP_HEAD } from "../format/fabric-lists.ts";
import { Problem } from "../problem.ts";

const HEAD = LLDP_HEAD.join(",");

/** An export of what LLDP saw, as CSV with the head of `--list lldp`; one line at a time, whatever its length. */
export function* sightingsIn(path: string): Generator<Sighting> {
  const text = readText(path);
  if (text === "") throw malformed(path, 1, "", `the head ${HEAD}`);
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const row = text.slice(start, end === -1 ? text.length : end).trim();
    start = end === -1 ? text.length : end + 1;
    line++;
    if (line === 1 && row !== HEAD) throw malformed(path, line, row, `the head ${HEAD}`);
    if (line > 1 && row !== "") yield sighting(path, line, row);
  }
}

function sighting(path: string, line: number, row: string): Sighting {
  const cells = row.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const [device, port, neighbor, neighborPort] = cells;
  if (cells.length !== 4 || !device || !port || neighbor === undefined || neighborPort === undefined) {
    throw malformed(path, line, row, `four cells: ${HEAD}`);
  }
  return { line, device, port, neighbor, neighborPort };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Problem({ what: "--lldp", got: path, allowed: "a file that can be read", fix: "write its path" });
  }
}

const malformed = (path: string, line: number, got: string, allowed: string): Problem =>
  new Problem({ what: `${path}:${line}`, got: got.slice(0, 80) || "nothing", allowed, fix: "export it in that form" });
