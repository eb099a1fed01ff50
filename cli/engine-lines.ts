import { inert } from "../components/site/show-fault.ts";
import type { EngineEvent } from "./engine/index.ts";
import type { Io } from "./io.ts";

const MAX_LINE = 400;
const MARK = { planned: "+", done: "✓", failed: "✗" } as const;

/** One event of the engine on stderr: what changes, what is refused, what went wrong. */
export function showEvent(event: EngineEvent, io: Io): void {
  if (event.kind === "resource" && event.op !== "same") {
    io.err(`  ${MARK[event.when]} ${event.op.padEnd(8)} ${inert(`${event.type.split(":").at(-1)} ${event.name}`)}`);
  }
  // What is advisory stands in the verdict above already.
  if (event.kind === "violation" && event.violation.level === "mandatory") {
    io.err(`  ✗ ${inert(event.violation.policy)}: ${showText(event.violation.message)}`);
  }
  if (event.kind === "diagnostic") io.err(`  ${event.severity}: ${showText(event.text)}`);
}

/** Lines of others, indented; nothing in them steers the terminal. */
export const showText = (text: string): string =>
  text
    .split("\n")
    .map((line) => inert(line, MAX_LINE))
    .join("\n      ");
