import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Ran {
  readonly code: number;
  /** The end of what was printed, at most 64 KiB. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly onStdout?: (line: string) => void;
  readonly onStderr?: (line: string) => void;
  readonly timeoutMs?: number;
}

const KEPT = 65_536;
/** Exit codes as a shell gives them. */
const NOT_STARTED = 127;
const TOOK_TOO_LONG = 124;
const STOPPED = 130;

/**
 * Runs a program to its end; one that cannot be started ends with 127, one that takes too long with 124. Nothing goes
 * through a shell, and nothing outlives this process.
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const stop = () => child.kill();
    process.once("exit", stop);
    const out = collector(options.onStdout);
    const error = collector(options.onStderr);
    child.stdout.on("data", out.take);
    child.stderr.on("data", error.take);
    child.on("error", (problem) => {
      process.off("exit", stop);
      resolve({ code: NOT_STARTED, stdout: "", stderr: problem.message });
    });
    child.on("close", (code, signal) => {
      process.off("exit", stop);
      resolve({
        code: code ?? (signal === "SIGTERM" ? TOOK_TOO_LONG : STOPPED),
        stdout: out.end(),
        stderr: error.end(),
      });
    });
  });
}

/** The end of what a program prints, and its lines as they come. */
function collector(onLine: (line: string) => void = () => {}) {
  const decoder = new TextDecoder();
  let kept = "";
  let open = "";
  return {
    take: (chunk: Buffer) => {
      const text = decoder.decode(chunk, { stream: true });
      kept = (kept + text).slice(-KEPT);
      const lines = (open + text).split("\n");
      open = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    },
    end: () => {
      if (open !== "") onLine(open);
      return kept;
    },
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
