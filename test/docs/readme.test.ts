import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { session } from "../support/command.ts";
import { ROOT } from "../support/sites.ts";

const page = (path: string): string => readFileSync(`${ROOT}/${path}`, "utf8");
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, body = ""]) => body);

describe("README.md", () => {
  test("shows what the command really prints", () => {
    const [shown = ""] = blocks(page("README.md"), "console");
    const [line = "", ...rest] = shown.trimEnd().split("\n");
    const printed = session(line.replace("$ npx ", "")).stdout.trimEnd().split("\n");
    expect(printed.slice(0, rest.length)).toEqual(rest);
  });

  test("names commands and files that exist", () => {
    const commands = [...page("README.md").matchAll(/millrace ([a-z]+)/g)].map(([, name = ""]) => name);
    const help = session("millrace --help").stdout;
    expect(commands.filter((name) => !help.includes(`  ${name} `))).toEqual([]);
    for (const [, path = ""] of page("README.md").matchAll(/\]\(([^)]+)\)/g)) expect(page(path)).not.toBe("");
  });
});
