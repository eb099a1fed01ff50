import type { Fault } from "../fault.ts";
import { type FoundText, selectTexts } from "../select.ts";
import { expandIds, runOf } from "../template.ts";
import { MAX_NAMES, MAX_RUN, namesAt } from "./names.ts";

/** Where the schema allows a template. */
const TEMPLATES = ["buildings[].id", "power.services[].id", "phases[].buildings[]"];
const MAX_LENGTH = 31;

/** Runs rise and stay short, and what they stand for are ids. */
export const templateFaults = (root: unknown): readonly Fault[] =>
  TEMPLATES.flatMap((selector) => [
    ...selectTexts(root, selector).found.flatMap(runFaults),
    ...tooManyNames(root, selector),
  ]);

function runFaults({ value, path }: FoundText): readonly Fault[] {
  const run = runOf(value);
  if (run === null) return [];
  const count = run.last - run.first + 1;
  if (count < 1) {
    const fix = "swap the two numbers";
    return [{ path, problem: "run that falls", got: value, allowed: "a first number no larger than the last", fix }];
  }
  if (count > MAX_RUN) {
    const got = `${count} ids`;
    return [{ path, problem: "run that is too long", got, allowed: `at most ${MAX_RUN} ids`, fix: "shorten the run" }];
  }
  const longest = expandIds(value).at(-1) ?? "";
  return longest.length <= MAX_LENGTH
    ? []
    : [
        {
          path,
          problem: "id is too long",
          got: longest,
          allowed: `at most ${MAX_LENGTH} characters`,
          fix: "shorten it",
        },
      ];
}

function tooManyNames(root: unknown, selector: string): readonly Fault[] {
  const { names } = namesAt(root, selector);
  const extra = names[MAX_NAMES];
  const got = `more than ${MAX_NAMES} ids`;
  return extra === undefined
    ? []
    : [{ path: extra.path, problem: "too many ids", got, allowed: `at most ${MAX_NAMES}`, fix: "shorten the runs" }];
}
