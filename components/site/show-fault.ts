import type { Fault } from "./fault.ts";
import type { SiteSource } from "./source.ts";

const WIDTH = 80;
const MAX_VALUE = 160;

/** Faults as a person reads them: place, problem, the line with a caret, what was got, what is allowed, what to change. */
export const showFaults = (faults: readonly Fault[], source: SiteSource): string =>
  faults.map((fault) => showFault(fault, source)).join("\n\n");

function showFault(fault: Fault, source: SiteSource): string {
  const { file, line, column } = source.locate(fault.path, fault.atKey === true ? "key" : "value");
  const head = `${file}:${line}:${column}  ${fault.path === "" ? "" : `${inert(fault.path)}: `}${fault.problem}`;
  const what = `got ${inert(fault.got)} · allowed ${inert(fault.allowed)} · fix: ${inert(fault.fix)}`;
  const text = source.text.split("\n")[line - 1]?.replace(/\r$/, "");
  return text === undefined || source.text === ""
    ? `${head}\n${what}`
    : `${head}\n${pointed(text, line, column)}\n${what}`;
}

/** The line, cut around the caret to fit the screen, and carets under the token. */
function pointed(text: string, line: number, column: number): string {
  const gutter = `   ${line} | `;
  const room = WIDTH - gutter.length;
  const start = column - 1 > room - 20 ? Math.max(0, column - 1 - Math.floor(room / 2)) : 0;
  const shown = `${start > 0 ? "…" : ""}${inert(text.slice(start, start + room - 2), text.length)}`;
  const token = /^(?:"[^"]*"?|'[^']*'?|[^\s,:[\]{}#]+)/.exec(text.slice(column - 1))?.[0] ?? "";
  const before = column - 1 - start + (start > 0 ? 1 : 0);
  const carets = "^".repeat(Math.max(1, Math.min(token.length, room - before)));
  return `${gutter}${shown}\n${" ".repeat(gutter.length - 2)}| ${" ".repeat(before)}${carets}`;
}

/** What would steer a terminal or turn text around. */
const UNSAFE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Text of a file is data: what would steer a terminal is made visible, what is too long is cut. */
export function inert(text: string, limit = MAX_VALUE): string {
  const visible = text.replace(UNSAFE, "\ufffd");
  return visible.length > limit ? `${visible.slice(0, limit - 1)}…` : visible;
}
