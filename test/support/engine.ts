import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, engineEnvironment, ensureEngine } from "../../cli/engine/index.ts";
import { ROOT } from "./sites.ts";

/**
 * The real engine, where one is at hand, or where it is required: a build takes minutes, and is done once and cached.
 * Else a reason, with which the tests are skipped.
 */
export async function realEngine(): Promise<Engine | string> {
  const required = process.env.MILLRACE_TEST_ENGINE === "required";
  if (!required) process.env.MILLRACE_ENGINE ??= "path,cache";
  const got = await ensureEngine(
    (event) => event.kind !== "detail" && process.stderr.write(`${JSON.stringify(event)}\n`),
  );
  if (got.ok) return got.engine;
  const why = got.tried.map(({ source, why: reason }) => `${source}: ${reason}`).join("; ");
  if (required) throw new Error(`no engine, and one is required: ${why}`);
  return why;
}

/** A home of its own for state, so that a test meets nobody's stacks; gone with the test. */
export function ownState() {
  const folder = mkdtempSync(join(tmpdir(), "millrace-state-"));
  const environment = { XDG_STATE_HOME: folder };
  return { environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Stock `pulumi` as a user runs it, with the environment that `millrace engine` prints. */
export function stockPulumi(
  engine: Engine,
  state: Readonly<Record<string, string>>,
  args: readonly string[],
  cwd = ROOT,
) {
  const environment = engineEnvironment(engine, cwd, { ...process.env, ...state });
  const ran = spawnSync(join(engine.root, "bin", "pulumi"), [...args, "--non-interactive"], {
    cwd,
    env: { ...process.env, ...state, ...environment, MILLRACE_TODAY: "2026-11-24" },
    encoding: "utf8",
  });
  return { code: ran.status ?? -1, text: `${ran.stdout}\n${ran.stderr}` };
}
