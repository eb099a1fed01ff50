import { randomUUID } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { type Ran, run } from "../../cli/engine/command.ts";
import type { Operation } from "../../cli/engine/event.ts";
import { type Engine, engineEnvironment, ensureEngine, showUnavailable } from "../../cli/engine/index.ts";
import { pulumiIn } from "../../cli/engine/install.ts";
import { type Operated, type OperateRequest, operate } from "../../cli/engine/operate.ts";
import { ROOT } from "./sites.ts";

/** Where the engine is required, it may have to be built first. */
const required = process.env.MILLRACE_TEST_ENGINE === "required";

const got = await ensureEngine(() => {}, required ? process.env : { ...process.env, MILLRACE_ENGINE: "path,cache" });
if (!got.ok) {
  if (required) throw new Error(showUnavailable(got));
  process.stderr.write(`skipped, there is no engine (get one with "millrace engine"):\n${showUnavailable(got)}\n`);
}

/** True where tests of the real engine can run. */
export const hasEngine = got.ok;

function theEngine(): Engine {
  if (!got.ok) throw new Error(showUnavailable(got));
  return got.engine;
}

/** What a project is made of: entries copied from this repository, and texts by path; scripts can be executed. */
export interface Project {
  readonly copied?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * A project folder that finds this project's packages, and a file backend, for the tests of one file; whatever login
 * the user has. Both are gone afterwards.
 */
export function temporaryProject({ copied = [], texts = {} }: Project): {
  readonly root: string;
  readonly backend: string;
} {
  // A suite that is skipped runs no hook: what it does not make, nobody has to take away.
  const folder = join(tmpdir(), `millrace-project-${randomUUID()}`);
  const root = join(folder, "project");
  const backend = join(folder, "backend");
  beforeAll(() => {
    mkdirSync(root, { recursive: true });
    mkdirSync(backend);
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    for (const entry of copied) cpSync(join(ROOT, entry), join(root, entry), { recursive: true });
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      if (text.startsWith("#!")) chmodSync(join(root, path), 0o755);
    }
    vi.stubEnv("PULUMI_BACKEND_URL", `file://${backend}`);
    vi.stubEnv("PULUMI_ACCESS_TOKEN", undefined);
    vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "of the test");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return { root, backend };
}

/** One operation on the real engine, what it does not say left empty. */
export const operated = (
  operation: Operation,
  session: Pick<OperateRequest, "root" | "site" | "program"> & Partial<OperateRequest>,
): Promise<Operated> =>
  operate(operation, {
    engine: theEngine(),
    packs: [],
    packConfig: null,
    variables: {},
    onEvent: () => {},
    ...session,
  });

/** Stock `pulumi` in a project, as a user's shell would run it. */
export function pulumi(root: string, ...args: readonly string[]): Promise<Ran> {
  const engine = theEngine();
  return run(pulumiIn(engine.root), [...args, "--non-interactive"], {
    cwd: root,
    environment: engineEnvironment(engine, root),
  });
}
