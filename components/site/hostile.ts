import type { Fault } from "./fault.ts";
import { placesOf } from "./lines.ts";
import { printPlace } from "./path.ts";

export const MAX_BYTES = 1_048_576;
const MAX_LINES = 50_000;
const MAX_LINE = 2_000;

/** Controls but tab and line end, bidirectional controls, a byte order mark, and what stands for a byte that is no UTF-8. */
const FORBIDDEN = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/u;

/** What no blueprint needs and no parser should be given, with its place: refused before anything is parsed. */
export function hostileText(text: string): Fault | null {
  if (text.length > MAX_BYTES) return tooLarge(text.length);
  const control = FORBIDDEN.exec(text.replaceAll("\r\n", " \n"));
  if (control !== null) return refuse(text, control.index, controlCharacter(control[0]));
  const { long, lines } = measureLines(text);
  if (long !== null) {
    const got = `more than ${MAX_LINE} characters`;
    return refuse(text, long, {
      problem: "line is too long",
      got,
      allowed: `at most ${MAX_LINE}`,
      fix: "break the line",
    });
  }
  if (lines > MAX_LINES) {
    const fix = "use templates and counts for what repeats";
    return refuse(text, 0, { problem: "too many lines", got: String(lines), allowed: `at most ${MAX_LINES}`, fix });
  }
  return null;
}

/** A file beyond the size that is read at all. */
export const tooLarge = (size: number): Fault => ({
  path: "",
  problem: "file is too large",
  got: `${size} bytes`,
  allowed: `at most ${MAX_BYTES}`,
  fix: "use templates and counts for what repeats, or split the site",
});

/** The first character of a value that would steer a terminal or turn text around, as escapes can bring it in. */
export function controlIn(value: string): Omit<Fault, "path"> | null {
  const control = FORBIDDEN.exec(value);
  return control === null ? null : controlCharacter(control[0]);
}

function controlCharacter(character: string): Omit<Fault, "path"> {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return {
    problem: character === "\ufffd" ? "not UTF-8" : "control character",
    got: `U+${code}`,
    allowed: "printable text in UTF-8, spaces and line ends",
    fix: "delete it, or type the text again",
  };
}

const refuse = (text: string, offset: number, what: Omit<Fault, "path">): Fault => ({
  path: printPlace(placesOf(text)(offset)),
  ...what,
});

function measureLines(text: string): { readonly long: number | null; readonly lines: number } {
  let lines = 0;
  for (let start = 0; start <= text.length; lines++) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 ? text.length : end;
    if (stop - start > MAX_LINE) return { long: start, lines };
    start = stop + 1;
  }
  return { long: null, lines };
}
