import type { Fault } from "./fault.ts";
import { placesOf } from "./lines.ts";
import { printPlace } from "./path.ts";

type Words = Pick<Fault, "problem" | "allowed" | "fix">;

/** The parser's messages in the words of somebody who writes a blueprint; the first that fits. */
const WORDS: readonly (readonly [RegExp, Words])[] = [
  [/end with a [\]}]/, { problem: "bracket not closed", allowed: "each [ and { closed", fix: "close the bracket" }],
  [/closing ["']quote/, { problem: "quote not closed", allowed: "each quote closed", fix: "close the quote" }],
  [/^Tabs/, { problem: "tab in the indentation", allowed: "spaces", fix: "indent with spaces" }],
  [
    /same column|indented|Sequence item without/,
    {
      problem: "bad indentation",
      allowed: "entries of one block at the same column",
      fix: "line it up with its neighbours",
    },
  ],
  [
    /Nested mappings|implicit map key/,
    {
      problem: "second key in one value",
      allowed: "one key and its value a line",
      fix: 'line the next key up, or put a value that holds ": " in quotes',
    },
  ],
  [/^Block collections/, { problem: "comma missing", allowed: "a comma between entries", fix: "add the comma" }],
  [
    /^Plain value cannot start/,
    {
      problem: "reserved character",
      allowed: "text that starts with a letter, digit or quote",
      fix: "put the value in quotes",
    },
  ],
  [
    /escape sequence/,
    { problem: "unknown escape", allowed: "the escapes of JSON", fix: "use single quotes, or double the backslash" },
  ],
  [
    /^Implicit (?:map )?keys/,
    { problem: "key without a value", allowed: "key: value", fix: 'write ": " and a value after the key' },
  ],
  [
    /^Missing , /,
    {
      problem: "comma missing",
      allowed: "a comma between entries",
      fix: "add it, or put a value with brackets in quotes",
    },
  ],
  [
    / end$|^Unexpected /,
    { problem: "unexpected text", allowed: "nothing here", fix: "delete it, or put the whole value in quotes" },
  ],
];

const OTHER: Words = { problem: "not valid YAML", allowed: "YAML 1.2", fix: "mend the syntax at this place" };

interface Unread {
  readonly message: string;
  readonly pos: readonly [number, number];
}

/**
 * What the parser could not read, with the text at the place and what to change. One mistake often spoils the lines
 * after it: one fault a line is told, and of a run of lines with the same one the first.
 */
export function syntaxFaults(errors: readonly Unread[], text: string): readonly Fault[] {
  const place = placesOf(text);
  const end = text.trimEnd().length;
  let before = { line: 0, words: OTHER };
  return errors.flatMap(({ message, pos }) => {
    const offset = Math.min(pos[0], end);
    const { line, column } = place(offset);
    const words = WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? OTHER;
    const follows = line === before.line || (line === before.line + 1 && words === before.words);
    if (line !== before.line) before = { line, words };
    return follows ? [] : [{ path: printPlace({ line, column }), got: textAt(text, offset), ...words }];
  });
}

function textAt(text: string, offset: number): string {
  const at = /^[^\r\n]{1,40}/.exec(text.slice(offset, offset + 40))?.[0].trimEnd();
  return at === undefined || at === "" ? "the end of the line" : at;
}
