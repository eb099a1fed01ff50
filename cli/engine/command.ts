import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly onLine?: (line: string) => void;
  readonly timeoutMs?: number;
}

const KEPT = 65_536;

/** Runs a program to its end; one that cannot be started ends with 127, one that takes too long with 124. Nothing goes through a shell. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const out = collector(options.onLine);
    const error = collector(options.onLine);
    child.stdout.on("data", out.take);
    child.stderr.on("data", error.take);
    child.on("error", (problem) => resolve({ code: 127, stdout: "", stderr: problem.message }));
    child.on("close", (code, signal) =>
      resolve({ code: code ?? (signal === "SIGTERM" ? 124 : 130), stdout: out.text(), stderr: error.text() }),
    );
  });
}

/** The end of what a program prints, and its lines as they come. */
function collector(onLine: ((line: string) => void) | undefined) {
  let kept = "";
  let open = "";
  return {
    take: (chunk: Buffer) => {
      kept = (kept + chunk.toString("utf8")).slice(-KEPT);
      const lines = (open + chunk.toString("utf8")).split("\n");
      open = lines.pop() ?? "";
      if (onLine !== undefined) for (const line of lines) onLine(line);
    },
    text: () => kept,
  };
}

/** The first executable of a name on PATH, as a path. */
export function which(name: string, path: string): string | null {
  return (
    path
      .split(delimiter)
      .filter((folder) => folder !== "")
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? null
  );
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
