import { displayWidth, endWithin, startWithin } from "./display-width.ts";
import type { Fault } from "./fault.ts";
import { placeOfFault, type SiteSource, showPosition } from "./source.ts";

const WIDTH = 80;
const MAX_VALUE = 160;

/** Faults as a person reads them: place, problem, the line with a caret, what was got, what is allowed, what to change. */
export function showFaults(faults: readonly Fault[], source: SiteSource): string {
  const lines = source.text.split("\n");
  return faults.map((fault) => showFault(fault, source, lines)).join("\n\n");
}

function showFault(fault: Fault, source: SiteSource, lines: readonly string[]): string {
  const { file, line, column } = placeOfFault(fault, source);
  const named = fault.path === "" || fault.path.startsWith("@") ? "" : `${inert(fault.path)}: `;
  const text = lines[line - 1]?.replace(/\r$/, "") ?? "";
  return [
    `${showPosition({ file: inert(file), line, column })}  ${named}${inert(fault.problem)}`,
    ...(source.text === "" ? [] : [pointed(text, line, column)]),
    `got ${inert(fault.got)} · allowed ${inert(fault.allowed)} · fix: ${inert(fault.fix)}`,
  ].join("\n");
}

/** The line, cut around the caret to fit the screen, and carets under the token. */
function pointed(text: string, line: number, column: number): string {
  const gutter = `   ${line} | `;
  const room = WIDTH - gutter.length;
  const at = column - 1;
  const before = visible(text.slice(Math.max(0, at - WIDTH), at));
  const after = visible(text.slice(at, at + WIDTH));
  const fits = text.length <= WIDTH && displayWidth(before + after) <= room;
  const start =
    fits || (at < room / 2 && displayWidth(before) < room / 2)
      ? before
      : `…${endWithin(before, Math.floor(room / 2) - 1)}`;
  const left = room - displayWidth(start);
  const end = displayWidth(after) <= left && text.length <= at + WIDTH ? after : `${startWithin(after, left - 1)}…`;
  const token = TOKEN.exec(end)?.[0] ?? "";
  const carets = "^".repeat(Math.max(1, displayWidth(token)));
  return `${gutter}${start}${end}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(displayWidth(start))}${carets}`;
}

/** A quoted text, or the words up to a comment, a colon, or the end of an entry. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|(?!#)(?:[^\s,[\]{}:]|:(?=\S))+(?: +(?!#)(?:[^\s,[\]{}:]|:(?=\S))+)*)/;

/** What would steer a terminal or turn text around. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const visible = (text: string): string => text.replaceAll("\t", " ").replace(UNSAFE, "\ufffd");

/** Text of a file is data: what would steer a terminal is made visible, what is too long is cut. */
export function inert(text: string, limit = MAX_VALUE): string {
  const shown = text.slice(0, limit + 1).replace(UNSAFE, "\ufffd");
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}
