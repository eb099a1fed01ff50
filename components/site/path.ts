/** A place in the blueprint: "pools[0].system". Keys that are no plain words are quoted: `a["b.c"]`. */
export type Step = string | number;

const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;

export const printPath = (steps: readonly Step[]): string =>
  steps.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!PLAIN.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");

const STEP = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** Reads what `printPath` prints; stops at the first thing that is no step. */
export function readPath(path: string): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  for (let match = STEP.exec(path); match !== null; match = STEP.exec(path)) {
    const [, word, index, quoted] = match;
    steps.push(word ?? (index === undefined ? (JSON.parse(quoted as string) as string) : Number(index)));
    if (STEP.lastIndex === path.length) break;
  }
  return steps;
}

/** JSON pointers, as the schema validator gives them. */
export const fromPointer = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
