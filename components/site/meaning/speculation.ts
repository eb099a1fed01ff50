import type { Fault } from "../fault.ts";
import { select } from "../select.ts";
import { figureOf } from "./figure.ts";

/** A step yields its own token at least, and at most one more than is drafted. */
export const speculationFaults = (root: unknown): readonly Fault[] =>
  select(root, "serving.endpoints[].speculation").found.flatMap(({ value, path }) => {
    const drafted = select(value, "draftTokens").found[0]?.value;
    const [accepted] = select(value, "acceptedTokens").found.flatMap((found) => {
      const figure = figureOf("ratio", { ...found, path: `${path}.acceptedTokens` });
      return figure === null ? [] : [figure];
    });
    if (typeof drafted !== "number" || accepted === undefined) return [];
    if (1 <= accepted.value && accepted.value <= drafted + 1) return [];
    return [
      {
        path: accepted.path,
        problem: "tokens of a step that cannot be",
        got: accepted.written,
        allowed: `1 to ${drafted + 1}: the step's own token, and those of ${drafted} that are drafted`,
        fix: "enter the mean that the engine measured",
      },
    ];
  });
