import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDay } from "../components/site/day.ts";
import { nearest } from "../components/site/nearest.ts";
import { isPhaseState, PHASE_STATES, type PhaseState } from "../components/site/phase-state.ts";
import { inert } from "../components/site/show-fault.ts";
import { Problem } from "./problem.ts";

/** The folder that holds `stacks/`: the one named, the current one, else the package's own. */
export function rootFolder(cwd: string | undefined): string {
  if (cwd !== undefined) {
    if (!existsSync(join(cwd, "stacks")))
      throw new Problem(
        "no sites here",
        inert(cwd),
        "a folder that holds stacks/",
        "name the folder of the project with --cwd",
      );
    return resolve(cwd);
  }
  return existsSync(join(process.cwd(), "stacks"))
    ? process.cwd()
    : fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
}

export const stacksOf = (root: string): string => join(root, "stacks");

/** The folder as the user would type it, so that places in messages can be opened from where they stand. */
export const shownStacks = (root: string): string => relative(process.cwd(), stacksOf(root)) || ".";

/** Sites by name: the folders under stacks/ that hold a site.yaml. */
export const sitesIn = (root: string): readonly string[] =>
  readdirSync(stacksOf(root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(stacksOf(root), entry.name, "site.yaml")))
    .map(({ name }) => name)
    .sort();

/** A site that exists, by name. */
export function chosenSite(root: string, name: string | undefined): string {
  const sites = sitesIn(root);
  const listed = sites.length === 0 ? "none yet" : sites.join(", ");
  if (name === undefined)
    throw new Problem("which site", "no name", listed, "name one, or make one: millrace init <site>");
  if (sites.includes(name)) return name;
  const near = nearest(name, sites);
  throw new Problem(
    "unknown site",
    inert(name),
    listed,
    near === null ? "make one: millrace init <site>" : `did you mean ${near}?`,
  );
}

export interface AsOf {
  readonly today: string;
  readonly asState: PhaseState | null;
}

/** `--as-of`: a state that every phase is judged by, or a day. */
export function asOf(text: string | undefined): AsOf {
  const today = new Date().toISOString().slice(0, 10);
  if (text === undefined) return { today, asState: null };
  if (isPhaseState(text)) return { today, asState: text };
  if (isDay(text)) return { today: text, asState: null };
  const near = nearest(text, PHASE_STATES);
  throw new Problem(
    "--as-of",
    inert(text),
    `a day, as in 2026-11-24, or one of ${PHASE_STATES.join(", ")}`,
    near === null ? "write one of them" : `did you mean ${near}?`,
  );
}

/** One of the words that an option takes. */
export function chosenFormat<Format extends string>(text: string, formats: readonly Format[]): Format {
  const found = formats.find((format) => format === text);
  if (found !== undefined) return found;
  const near = nearest(text, formats);
  throw new Problem(
    "--format",
    inert(text),
    formats.join(", "),
    near === null ? "write one of them" : `did you mean ${near}?`,
  );
}
