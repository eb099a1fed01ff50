/** A place in the blueprint: "pools[0].system". Keys that are no plain words are quoted: `a["b.c"]`. */
export type Step = string | number;

const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;

export const printPath = (steps: readonly Step[]): string =>
  steps.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!PLAIN.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");

const STEP = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Reads what `printPath` prints; stops at the first thing that is no step. */
export function readPath(path: string): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  for (let match = STEP.exec(path); match !== null; match = STEP.exec(path)) {
    const step = match[1] ?? (match[2] === undefined ? unquoted(match[3] ?? "") : Number(match[2]));
    if (step === null) break;
    steps.push(step);
  }
  return steps;
}

function unquoted(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}

/** JSON pointers, as the schema validator gives them. */
export const fromPointer = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** A place in the text where no path leads: "@12:5" is line 12, column 5. */
export const printPlace = ({ line, column }: TextPlace): string => `@${line}:${column}`;

export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export function readPlace(path: string): TextPlace | null {
  const [, line, column] = /^@(\d{1,9}):(\d{1,9})$/.exec(path) ?? [];
  return line === undefined ? null : { line: Number(line), column: Number(column) };
}
