import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { session, transcript } from "../support/session.ts";
import { labWith } from "../support/sites.ts";

const DAY = "--as-of 2026-11-24";

describe("whole sessions", () => {
  test.each([
    ["help", "millrace --help"],
    ["help-check", "millrace check --help"],
    ["plan-lab", "millrace plan lab"],
    ["plan-independence-mo", "millrace plan independence-mo"],
    ["check-lab", `millrace check lab ${DAY}`],
    ["check-independence-mo", `millrace check independence-mo ${DAY}`],
    ["check-lab-junit", `millrace check lab ${DAY} --format junit`],
    ["check-lab-markdown", `millrace check lab ${DAY} --format markdown`],
    ["check-independence-mo-markdown", `millrace check independence-mo ${DAY} --format markdown`],
    ["check-lab-sarif", `millrace check lab ${DAY} --format sarif`],
    ["explain-rule", "millrace explain power/firm-supply"],
    ["explain-field", "millrace explain pools.powerBudget"],
    ["explain-unknown", "millrace explain power/firm-suply"],
    ["misspelt-command", "millrace chek lab"],
    ["misspelt-option", "millrace check lab --fromat json"],
    ["misspelt-format", "millrace check lab --format jsno"],
    ["misspelt-site", "millrace plan lba"],
    ["misspelt-state", "millrace check lab --as-of onlin"],
    ["no-site", "millrace plan"],
    ["no-folder", "millrace plan lab --cwd /nowhere"],
    ["no-such-config", "millrace check lab --policy-pack-config nowhere.json"],
  ])("%s", async (name, line) => {
    await expect(transcript(line, session(line))).toMatchFileSnapshot(`../golden/cli/${name}.txt`);
  });

  test("text fits 80 columns", () => {
    for (const line of [
      "millrace --help",
      "millrace plan lab",
      "millrace plan independence-mo",
      `millrace check independence-mo ${DAY}`,
    ]) {
      const wide = session(line)
        .stdout.split("\n")
        .filter((each) => [...each].length > 80);
      expect(wide.filter((each) => !/\S{60,}/.test(each))).toEqual([]);
    }
  });
});

describe("a broken site", () => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-cli-"));
  beforeAll(() => {
    mkdirSync(join(folder, "stacks", "broken"), { recursive: true });
    writeFileSync(
      join(folder, "stacks", "broken", "site.yaml"),
      labWith(["system: gb300-nvl72", "system: gb300-nvl27"], ["spareRacks: 0", "spareRack: 0"]),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(["text", "json", "sarif", "junit", "markdown"])("as %s, exit 3", async (format) => {
    const line = `millrace check broken --format ${format}`;
    const ran = session(line, { cwd: folder });
    expect(ran.code).toBe(3);
    await expect(transcript(line, ran)).toMatchFileSnapshot(`../golden/cli/broken-${format}.txt`);
  });

  test("plan, render and up refuse it alike, and write nothing", () => {
    for (const line of ["millrace plan broken", "millrace render broken", "millrace up broken"]) {
      expect(session(line, { cwd: folder })).toMatchObject({ code: 3, stdout: "" });
    }
  });

  test("init makes a site that is read, and names what it lacks", async () => {
    expect(session("millrace init berlin", { cwd: folder })).toMatchObject({ code: 0, stderr: "" });
    const line = `millrace check berlin --as-of energized`;
    const ran = session(line, { cwd: folder });
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain("stacks/berlin/site.yaml:");
    expect(session("millrace check berlin", { cwd: folder }).code).toBe(0);
    expect(session("millrace init berlin", { cwd: folder })).toMatchObject({ code: 3 });
    expect(session("millrace init ../evil", { cwd: folder })).toMatchObject({ code: 3 });
  });

  test("up stops before the engine where the verdict is not proved", () => {
    mkdirSync(join(folder, "stacks", "weak"), { recursive: true });
    writeFileSync(join(folder, "stacks", "weak", "site.yaml"), labWith(["value: 2 MW", "value: 1 MW"]));
    const ran = session(`millrace up weak ${DAY}`, { cwd: folder, environment: { MILLRACE_ENGINE: "none" } });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("not started: the verdict is violated") });
    expect(ran.stdout.replace(/\s+/g, " ")).toContain("short by 536.327 kW");
  });

  test("without any engine, up says what was tried, after the verdict", () => {
    const ran = session(`millrace up lab ${DAY}`, { environment: { MILLRACE_ENGINE: "none" } });
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain("56 proved");
    expect(ran.stderr).toContain("plan, check, render and explain work without it");
  });
});

test("completion names commands and sites", () => {
  expect(session("millrace completion bash").stdout).toContain("millrace");
  expect(session("millrace complete -- check ").stdout).toContain("lab");
});
