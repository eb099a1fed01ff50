import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { engineEnvironment } from "./environment.ts";
import { type EngineEvent, eventsOf, type PolicyViolation } from "./event.ts";
import type { Engine } from "./install.ts";

export type Operation = "preview" | "up" | "destroy";

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
}

export interface Operated {
  readonly outcome: "succeeded" | "blocked" | "failed";
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
  const stack = await openStack(request);
  if (operation !== "up") return attempt(operation, stack, request);
  const previewed = await attempt("preview", stack, {
    ...request,
    onEvent: (event) => event.kind === "resource" || request.onEvent(event),
  });
  return previewed.outcome === "succeeded" ? attempt("up", stack, request) : previewed;
}

async function openStack({ engine, site, program, root, variables }: OperateRequest): Promise<Stack> {
  const pulumiCommand = await PulumiCommand.get({ root: engine.root });
  const envVars = { ...engineEnvironment(engine, root), ...variables };
  return LocalWorkspace.createOrSelectStack(
    { stackName: site, projectName: "millrace", program },
    { pulumiCommand, workDir: root, envVars },
  );
}

async function attempt(operation: Operation, stack: Stack, request: OperateRequest): Promise<Operated> {
  const violations: PolicyViolation[] = [];
  const errors: string[] = [];
  let changes: Readonly<Record<string, number>> = {};
  const onEvent = (raw: Parameters<typeof eventsOf>[0]) => {
    for (const event of eventsOf(raw, operation === "preview")) {
      if (event.kind === "violation") violations.push(event.violation);
      if (event.kind === "diagnostic" && event.severity === "error") errors.push(event.text);
      if (event.kind === "summary") changes = event.changes;
      request.onEvent(event);
    }
  };
  const packs =
    request.packConfig === null
      ? { policyPacks: [...request.packs] }
      : { policyPacks: [...request.packs], policyPackConfigs: [request.packConfig] };
  try {
    if (operation === "preview") await stack.preview({ onEvent, ...packs });
    if (operation === "up") await stack.up({ onEvent, ...packs });
    if (operation === "destroy") await stack.destroy({ onEvent, remove: true });
    return { outcome: "succeeded", changes, violations, errors };
  } catch (error) {
    const blocked = violations.some(({ level }) => level === "mandatory");
    const told = errors.length > 0 || blocked ? errors : [reasonOf(error)];
    return { outcome: blocked ? "blocked" : "failed", changes, violations, errors: told };
  }
}

/** A command's own error holds its whole command line: only what the engine wrote of the reason is told. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split("\n").map((line) => line.trim());
  const told = lines
    .filter((line) => line.startsWith("error:") || line.startsWith("stderr:"))
    .map((line) => line.replace(/^stderr:\s*/, ""));
  return told.filter((line) => line !== "").join("\n") || (lines[0] ?? "the engine failed");
}
