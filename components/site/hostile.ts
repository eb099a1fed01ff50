import type { Fault } from "./fault.ts";

const MAX_BYTES = 131_072;
const MAX_DEPTH = 32;
const MAX_LINE = 2_000;
/** Controls but tab, line feed and carriage return; bidirectional controls; a byte order mark inside the text. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]|(?<!^)\ufeff/u;

export interface Refused {
  readonly fault: Fault;
  readonly offset: number;
}

/** What no blueprint needs and a parser should not be given: refused before it is parsed, with the place. */
export function hostileText(text: string): Refused | null {
  if (text.length > MAX_BYTES) {
    return refuse(
      0,
      "file is too large",
      `${text.length} characters`,
      `at most ${MAX_BYTES}`,
      "split the site, or use templates and counts",
    );
  }
  const control = FORBIDDEN.exec(text);
  if (control !== null) {
    const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return refuse(
      control.index,
      "control character",
      `U+${code}`,
      "printable text, spaces and line ends",
      "delete it, or type the text again",
    );
  }
  const line = longLine(text);
  if (line !== null)
    return refuse(
      line,
      "line is too long",
      `more than ${MAX_LINE} characters`,
      `at most ${MAX_LINE}`,
      "break the line",
    );
  const depth = deepPlace(text);
  return depth === null
    ? null
    : refuse(
        depth,
        "nested too deep",
        `more than ${MAX_DEPTH} levels`,
        `at most ${MAX_DEPTH}`,
        "flatten the structure",
      );
}

const refuse = (offset: number, problem: string, got: string, allowed: string, fix: string): Refused => ({
  offset,
  fault: { path: "", problem, got, allowed, fix },
});

function longLine(text: string): number | null {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 ? text.length : end;
    if (stop - start > MAX_LINE) return start;
    start = stop + 1;
  }
  return null;
}

/** Where brackets open deeper than any blueprint, or a run of "- - -" does: a bound on what the parser recurses into. */
function deepPlace(text: string): number | null {
  const runs = /^ *(?:[-?] ){33}/m.exec(text);
  if (runs !== null) return runs.index;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth = Math.max(0, depth - 1);
    else if (char === "\n" && !FLOW_CONTINUES.test(text.slice(index + 1, index + 2))) depth = 0;
    if (depth > MAX_DEPTH) return index;
  }
  return null;
}

/** A line that starts with a bracket or deeper indentation may go on with what is open; a key at the margin does not. */
const FLOW_CONTINUES = /[\s[\]{},]/;
