import { readList, type Text, UNKNOWN } from "./registered.ts";

/** The words with which a container starts; UNKNOWN where one is not. An image's own entrypoint is not among them. */
export type StartWords = readonly string[] | typeof UNKNOWN;

export function startWords(container: unknown): StartWords {
  const command = readList(container, "command");
  const args = readList(container, "args");
  if (command === UNKNOWN || args === UNKNOWN) return UNKNOWN;
  const words = [...command, ...args];
  return words.every((word) => typeof word === "string") ? words : UNKNOWN;
}

/**
 * What a flag of the engine is given, under any of its names: null where it is not there, UNKNOWN where it cannot be
 * read: inside a script for a shell, part by part with dots, or from the environment. Of several the last one counts,
 * and the engine takes underscores for hyphens.
 */
export function flagOf(words: StartWords, ...names: readonly string[]): Text {
  if (words === UNKNOWN) return UNKNOWN;
  const split = words.map((word) => [keyOf(word), word] as const);
  if (split.some(([key, word]) => names.some((name) => isBuried(key, word, name)))) return UNKNOWN;
  const at = split.findLastIndex(([key]) => names.includes(key));
  if (at < 0) return null;
  const word = words[at] ?? "";
  const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[at + 1];
  return value === undefined || value.includes("$(") ? UNKNOWN : value;
}

/** The same of a flag that the engine may as well read from a file of settings. */
export function settingOf(words: StartWords, ...names: readonly string[]): Text {
  const value = flagOf(words, ...names);
  return value === null && flagOf(words, "--config") !== null ? UNKNOWN : value;
}

const keyOf = (word: string): string => {
  const [key = ""] = word.split("=", 1);
  return key.startsWith("--") ? `--${key.slice(2).replaceAll("_", "-")}` : key;
};

const isBuried = (key: string, word: string, name: string): boolean =>
  key.startsWith(`${name}.`) || (!word.startsWith("-") && name.startsWith("--") && word.includes(name));
