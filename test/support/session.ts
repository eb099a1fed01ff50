import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { ROOT } from "./sites.ts";

const MILLRACE = join(ROOT, "cli", "millrace.js");

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** A folder with sites, for the tests of one file: the lab, and those whose text is given. */
export function sitesFolder(texts: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-sites-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, "stacks", "lab"), join(folder, "stacks", "lab"), { recursive: true });
  for (const [site, text] of Object.entries(texts)) {
    mkdirSync(join(folder, "stacks", site));
    writeFileSync(join(folder, "stacks", site, "site.yaml"), text);
  }
  return folder;
}

/** The command line in a process of its own, as a user starts it; its words are parted by spaces, "" is an empty one. */
export function millrace(line: string, cwd: string, environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const args = line
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => (word === '""' ? "" : word));
  return ran(process.execPath, [MILLRACE, ...args], cwd, environment);
}

export function ran(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv,
): Promise<Ran> {
  const { FORCE_COLOR: _colour, ...own } = process.env;
  const child = spawn(command, args, { cwd, env: { ...own, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => {
    stdout += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ stdout, stderr, code }));
  });
}

/** A whole session as text: what was typed, what came on which side, how it ended. */
export async function session(lines: readonly string[], cwd: string): Promise<string> {
  const parts: string[] = [];
  for (const line of lines) {
    const { stdout, stderr, code } = await millrace(line, cwd);
    parts.push(`$ millrace ${line}\n${stdout}${stderr === "" ? "" : `--- stderr\n${stderr}`}--- exit ${code}\n`);
  }
  return parts.join("\n");
}

/** Compares with a file under test/golden. */
export const golden = (name: string, text: string): Promise<void> =>
  expect(text).toMatchFileSnapshot(join(ROOT, "test", "golden", name));
