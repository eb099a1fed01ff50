import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { clearDeadLocks } from "./dead-locks.ts";
import type { Engine } from "./ensure.ts";
import { engineEnvironment } from "./environment.ts";
import { type EngineEvent, eventReader, type Operation, type PolicyViolation } from "./event.ts";
import { stopper } from "./stopper.ts";

export interface OperateRequest {
  readonly engine: Engine;
  /** Name of the stack: the site. */
  readonly site: string;
  readonly program: () => Promise<Record<string, unknown>>;
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** Policy packs by absolute path. */
  readonly packs: readonly string[];
  readonly packConfig: string | null;
  /** Variables for the engine and its policy pack, beside its own. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onEvent: (event: EngineEvent) => void;
  /** Aborted, the engine finishes what it has begun and stops. */
  readonly signal?: AbortSignal;
}

export interface Operated {
  /** Blocked: a mandatory policy is violated. Interrupted: `signal` came before the end; what was done is in the state. */
  readonly outcome: "succeeded" | "blocked" | "failed" | "interrupted";
  /** Resources by operation: create, update, delete, same. */
  readonly changes: Readonly<Record<string, number>>;
  readonly violations: readonly PolicyViolation[];
  readonly errors: readonly string[];
}

/**
 * Runs the program through the real engine. `up` always previews with the policy pack first: a pack that first
 * speaks while things are being applied speaks too late.
 */
export async function operate(operation: Operation, request: OperateRequest): Promise<Operated> {
  const opened = await openStack(request);
  if ("outcome" in opened) return opened;
  if (operation !== "up") return attempt(operation, opened, request);
  const previewed = await attempt("preview", opened, {
    ...request,
    onEvent: (event) => event.kind === "resource" || request.onEvent(event),
  });
  return previewed.outcome === "succeeded" ? attempt("up", opened, request) : previewed;
}

/** A backend that cannot be reached, or a passphrase that does not fit, shows here. */
async function openStack({ engine, site, program, root, variables }: OperateRequest): Promise<Stack | Operated> {
  try {
    const pulumiCommand = await PulumiCommand.get({ root: engine.root });
    const envVars = { ...engineEnvironment(engine, root), ...variables };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: site, projectName: "millrace", program },
      { pulumiCommand, workDir: root, envVars },
    );
    await clearDeadLocks(stack, envVars.PULUMI_BACKEND_URL ?? process.env.PULUMI_BACKEND_URL ?? "");
    return stack;
  } catch (error) {
    return { outcome: "failed", changes: {}, violations: [], errors: [reasonOf(error)] };
  }
}

async function attempt(operation: Operation, stack: Stack, request: OperateRequest): Promise<Operated> {
  const violations: PolicyViolation[] = [];
  const errors: string[] = [];
  let changes: Readonly<Record<string, number>> = {};
  const ended = (outcome: Operated["outcome"]): Operated => ({ outcome, changes, violations, errors });
  if (request.signal?.aborted) return ended("interrupted");

  const stop = stopper(request.signal);
  const read = eventReader(operation);
  const onEvent = (raw: Parameters<typeof read>[0]) => {
    stop.saw(raw);
    const event = read(raw);
    if (event === null) return;
    if (event.kind === "violation") violations.push(event.violation);
    if (event.kind === "diagnostic" && event.severity === "error") errors.push(event.text);
    if (event.kind === "summary") changes = event.changes;
    request.onEvent(event);
  };
  try {
    await RUN[operation](stack, { onEvent, signal: stop.signal, ...packsOf(request) });
    return ended("succeeded");
  } catch (error) {
    if (request.signal?.aborted) return ended("interrupted");
    if (violations.some(({ level }) => level === "mandatory")) return ended("blocked");
    if (errors.length === 0) errors.push(reasonOf(error));
    return ended("failed");
  } finally {
    stop.end();
  }
}

type RunOptions = Required<Pick<Parameters<Stack["up"]>[0] & object, "onEvent" | "signal">> &
  ReturnType<typeof packsOf>;

const RUN: Readonly<Record<Operation, (stack: Stack, options: RunOptions) => Promise<unknown>>> = {
  preview: (stack, options) => stack.preview(options),
  up: (stack, options) => stack.up(options),
  destroy: (stack, { onEvent, signal }) => stack.destroy({ onEvent, signal, remove: true }),
};

const packsOf = ({ packs, packConfig }: OperateRequest) => ({
  policyPacks: [...packs],
  policyPackConfigs: packConfig === null ? [] : [packConfig],
});

/** A command's own error holds its whole command line: only what the engine wrote of the reason is told, each line once. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split("\n").map((line) => line.trim().replace(/^stderr:\s*/, ""));
  const told = lines.filter((line) => line.startsWith("error:")).map((line) => line.slice("error:".length).trim());
  return [...new Set(told)].join("\n") || "the engine gave no reason";
}
