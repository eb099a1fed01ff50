import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check, exitCode } from "../../policies/check.ts";
import { contextOf } from "../support/context.ts";
import { session } from "../support/session.ts";
import { ROOT, reading } from "../support/sites.ts";

const page = (path: string): string => readFileSync(`${ROOT}/${path}`, "utf8");
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, body = ""]) => body);

describe("stacks/README.md", () => {
  const [site = ""] = blocks(page("stacks/README.md"), "yaml");

  test("shows a site that is read, and that nothing blocks before power comes on", () => {
    expect(reading(site).ok).toBe(true);
    expect(exitCode(check(contextOf({ text: site })))).toBe(0);
    expect(exitCode(check(contextOf({ text: site, asState: "energized" })))).toBe(2);
  });
});

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
