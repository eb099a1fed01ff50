import { rmdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Opened } from "../../components/open.ts";
import { buildSite, manifestsFolder } from "../../components/program.ts";
import { inert, showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { stacksOf } from "../choice.ts";
import { type Engine, type EngineEvent, type Operated, type Operation, operate as runEngine } from "../engine/index.ts";
import { engineAtHand } from "../engine-at-hand.ts";
import { checkText } from "../format/check-text.ts";
import { planText } from "../format/plan-text.ts";
import { EXIT, type Io } from "../io.ts";
import { type Judged, type JudgeOptions, startJudged } from "../judged.ts";
import { renderInto, showWritten } from "../render/site.ts";

/**
 * `millrace preview|up|destroy <site>`: the plan and the verdict first, then the engine with the policy pack. What is
 * violated or unproved never reaches the engine; taking a site down is always allowed.
 */
export async function operate(
  operation: Operation,
  name: string | undefined,
  options: JudgeOptions,
  io: Io,
): Promise<number> {
  const { root, judged } = startJudged(name, options);
  if ("ok" in judged) {
    io.err(showFaults(judged.faults, judged.source));
    return EXIT.badInput;
  }
  if (operation !== "destroy") {
    io.out(`${planText(judged.opened.plan)}\n\n${checkText(judged, io.colour)}`);
    const code = exitCode(judged.findings);
    if (code !== EXIT.proved) {
      io.err(`\nnot started: the verdict is ${judged.summary.verdict}`);
      return code;
    }
  }
  const engine = await engineAtHand(io);
  return engine === null ? EXIT.engineFailed : runOn(engine, operation, judged, root, options, io);
}

async function runOn(
  engine: Engine,
  operation: Operation,
  judged: Judged,
  root: string,
  options: JudgeOptions,
  io: Io,
): Promise<number> {
  const { opened, asOf: when } = judged;
  const site = opened.plan.site;
  io.err(`\n… ${operation} of ${site} on Pulumi's engine (${engine.from})`);
  const done = await runEngine(operation, {
    engine,
    site,
    program: async () => ({ ...buildSite(opened) }),
    root,
    packs: [fileURLToPath(new URL("../../policies/pack.mjs", import.meta.url))],
    packConfig: options.policyPackConfig === undefined ? null : resolve(options.policyPackConfig),
    variables: {
      MILLRACE_STACKS: stacksOf(root),
      MILLRACE_TODAY: when.today,
      MILLRACE_AS_STATE: when.asState ?? "",
    },
    onEvent: (event) => showEvent(event, io),
    signal: untilInterrupted(io),
  });
  if (done.outcome !== "succeeded") return failed(done, io);
  return succeeded(operation, done, opened, root, io);
}

/** The first interrupt lets the engine finish what it has begun; a second one ends everything at once. */
function untilInterrupted(io: Io): AbortSignal {
  const wish = new AbortController();
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", () => {
    if (wish.signal.aborted) process.exit(EXIT.interrupted);
    io.err("\n… stopping: the engine finishes what it has begun; press again to end at once");
    wish.abort();
  });
  return wish.signal;
}

function showEvent(event: EngineEvent, io: Io): void {
  if (event.kind === "resource" && event.op !== "same") {
    const mark = event.when === "failed" ? "✗" : event.when === "done" ? "✓" : "+";
    io.err(`  ${mark} ${event.op.padEnd(8)} ${event.type.split(":").at(-1)} ${inert(event.name)}`);
  }
  // What is advisory stands in the verdict above already.
  if (event.kind === "violation" && event.violation.level === "mandatory")
    io.err(
      `  ✗ ${event.violation.level} ${event.violation.policy}: ${event.violation.message
        .split("\n")
        .map((line) => inert(line, 400))
        .join("\n      ")}`,
    );
  if (event.kind === "diagnostic")
    io.err(
      `  ${event.severity}: ${event.text
        .split("\n")
        .map((line) => inert(line, 400))
        .join("\n      ")}`,
    );
}

function failed(done: Operated, io: Io): number {
  if (done.outcome === "interrupted") {
    io.err("\nstopped: what was done until then is in the state; run the same command again to go on");
    return EXIT.interrupted;
  }
  if (done.outcome === "blocked") {
    io.err("\nblocked by the policy pack: nothing was applied");
    return done.violations.some(({ level, message }) => level === "mandatory" && message.includes("violated:"))
      ? EXIT.violated
      : EXIT.unproved;
  }
  io.err(`\nthe engine failed: ${done.errors.map((line) => inert(line, 400)).join("\n") || "it gave no reason"}`);
  return EXIT.engineFailed;
}

async function succeeded(operation: Operation, done: Operated, opened: Opened, root: string, io: Io): Promise<number> {
  const site = opened.plan.site;
  const changes =
    Object.entries(done.changes)
      .map(([op, count]) => `${count} ${WORD.get(op) ?? op}`)
      .join(", ") || "nothing to do";
  io.out(`\n${operation} of ${site}: ${changes}`);
  if (operation === "destroy") leaveNothing(join(root, manifestsFolder(site)));
  if (operation === "up" && opened.plan.target.kind === "render") {
    const { folder, written } = await renderInto(root, opened);
    io.out(showWritten(written, folder));
  }
  io.out(NEXT[operation](site, opened));
  return EXIT.proved;
}

const WORD = new Map([
  ["create", "created"],
  ["update", "updated"],
  ["delete", "deleted"],
  ["replace", "replaced"],
  ["same", "unchanged"],
]);

const NEXT: Readonly<Record<Operation, (site: string, opened: Opened) => string>> = {
  preview: (site) => `next: millrace up ${site}`,
  up: (site, { plan }) =>
    plan.target.kind === "render"
      ? `next: kubectl apply --server-side --recursive -f ${manifestsFolder(site)}, or commit the folder for GitOps`
      : `next: millrace check ${site} --as-of online`,
  destroy: (site) => `next: millrace up ${site} builds it again`,
};

/** The engine removes its files and leaves their folders: these go where they are empty. */
function leaveNothing(folder: string): void {
  for (const each of [
    join(folder, "0-crd"),
    join(folder, "1-manifest"),
    folder,
    join(folder, ".."),
    join(folder, "..", ".."),
  ]) {
    try {
      rmdirSync(each);
    } catch {
      // Not there, or something else lies in it: both are fine.
    }
  }
}
