import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Opened } from "../components/open.ts";
import { buildSite } from "../components/program.ts";
import {
  ensureAwsProvider,
  ensureEngine,
  type Operated,
  type Operation,
  operate,
  showUnavailable,
} from "./engine/index.ts";
import { showEvent } from "./engine-lines.ts";
import { exitOf } from "./engine-outcome.ts";
import { shownPath, stacksOf } from "./folder.ts";
import { EXIT, type Io } from "./io.ts";
import type { Chosen } from "./judged.ts";
import { Problem } from "./problem.ts";
import { progressLines } from "./progress-lines.ts";

const PACK = fileURLToPath(new URL("../policies/pack.mjs", import.meta.url));

/** What the engine did; where it did not do it, the exit code, its reason told already. */
export type EngineRun = { readonly ok: true; readonly done: Operated } | { readonly ok: false; readonly code: number };

/** Gets the engine and runs a site's program through it, with the policy pack; its events are told as they come. */
export async function runOnEngine(operation: Operation, chosen: Chosen, opened: Opened, io: Io): Promise<EngineRun> {
  const { root, site, asOf, config } = chosen;
  refuseBareFolder(root);
  const drawn = progressLines(io);
  const got = await ensureEngine(drawn.progress);
  const missing =
    got.ok && opened.plan.target.kind === "aws" ? await ensureAwsProvider(got.engine, drawn.progress) : null;
  drawn.end();
  if (!got.ok || missing !== null) {
    io.err(got.ok ? (missing ?? "") : showUnavailable(got));
    return { ok: false, code: EXIT.engineFailed };
  }
  const signal = untilInterrupted(io);
  io.err(`\n… ${operation} of ${site} on Pulumi's engine (${got.engine.from})`);
  const done = await operate(operation, {
    engine: got.engine,
    site,
    program: async () => ({ ...(await buildSite(opened)) }),
    root,
    packs: [PACK],
    packConfig: config === null ? null : resolve(config.file),
    variables: {
      MILLRACE_STACKS: stacksOf(root),
      MILLRACE_TODAY: asOf.today,
      MILLRACE_AS_STATE: asOf.asState ?? "",
    },
    onEvent: (event) => showEvent(event, io),
    signal,
  });
  return done.outcome === "succeeded" ? { ok: true, done } : { ok: false, code: exitOf(done, io) };
}

/** Pulumi.yaml says where the program's folder is: without it, paths of the program would lead out of the project. */
function refuseBareFolder(root: string): void {
  if (existsSync(join(root, "Pulumi.yaml"))) return;
  throw new Problem({
    what: "no Pulumi project here",
    got: `${shownPath(root)} without Pulumi.yaml`,
    allowed: "a folder with Pulumi.yaml and stacks/",
    fix: "run it in the project, or copy its Pulumi.yaml here; millrace render needs neither",
  });
}

/** Aborted by the first interrupt, so that the engine finishes what it has begun; a second one ends everything at once. */
function untilInterrupted(io: Io): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    io.err("\n… stopping: the engine finishes what it has begun; interrupt again to end at once");
    controller.abort();
  };
  const before = process.listeners("SIGINT");
  process.on("SIGINT", stop);
  // Only then: without any listener in between, an interrupt that is on its way would be lost.
  for (const listener of before) process.off("SIGINT", listener);
  process.on("SIGTERM", stop);
  return controller.signal;
}
