import { SOURCES, type Source } from "./way.ts";

/** A source that did not lead to a part of the engine, and why. */
export interface Tried {
  readonly part: string;
  readonly source: Source;
  readonly why: string;
}

/** Why there is no engine: what MILLRACE_ENGINE holds where that is not understood, else the sources in the order tried. */
export interface Unavailable {
  readonly refused: string | null;
  readonly tried: readonly Tried[];
}

/** What a person reads where no engine can be had. */
export function showUnavailable({ refused, tried }: Unavailable): string {
  if (refused !== null)
    return `MILLRACE_ENGINE is "${refused}"; allowed: ${SOURCES.join(", ")}, several with commas, or none`;
  if (tried.length === 0) return `MILLRACE_ENGINE allows no source of an engine\n${WITHOUT}`;
  return [
    `${tried[0]?.part} cannot be had:`,
    ...tried.map(({ source, why }) => `  ${source.padEnd(9)} ${why}`),
    "what helps: pulumi on PATH in that version, a way to its official download, or Go 1.26 or newer",
    WITHOUT,
  ].join("\n");
}

const WITHOUT = "plan, check, render and explain work without it";
