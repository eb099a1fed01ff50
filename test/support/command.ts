import { spawnSync } from "node:child_process";
import { ROOT } from "./sites.ts";

export interface Session {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a user types, in a process of its own; `cwd` is where they stand. */
export function session(
  line: string,
  options: { readonly cwd?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Session {
  const [, ...args] = line.split(" ");
  const ran = spawnSync("node", [`${ROOT}/cli/millrace.js`, ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, NO_COLOR: "1", ...options.environment },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: ran.status ?? -1, stdout: ran.stdout, stderr: ran.stderr };
}
