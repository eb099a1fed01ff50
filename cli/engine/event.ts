import type { EngineEvent as PulumiEvent } from "@pulumi/pulumi/automation/index.js";

export type Operation = "preview" | "up" | "destroy";

/** What the command line shows of a run: a small part of what the engine says. */
export type EngineEvent =
  | {
      readonly kind: "resource";
      readonly when: "planned" | "done" | "failed";
      readonly op: string;
      readonly type: string;
      readonly name: string;
      readonly urn: string;
    }
  | { readonly kind: "violation"; readonly violation: PolicyViolation }
  | { readonly kind: "diagnostic"; readonly severity: string; readonly text: string }
  | { readonly kind: "summary"; readonly changes: Readonly<Record<string, number>> };

export interface PolicyViolation {
  readonly policy: string;
  readonly level: string;
  readonly message: string;
}

/**
 * Reads a run's events: each resource once, as planned at a preview, else when it is done or has failed. The engine
 * itself tells a component's end twice, and a preview's as well. Absolute paths and stack traces stay behind.
 */
export function eventReader(operation: Operation): (event: PulumiEvent) => EngineEvent | null {
  const told = new Set<string>();
  return (event) => {
    const read = policyOf(event) ?? diagnosticOf(event) ?? summaryOf(event) ?? resourceOf(event, operation);
    if (read?.kind !== "resource") return read;
    const step = `${read.when} ${read.op} ${read.urn}`;
    if (told.has(step)) return null;
    told.add(step);
    return read;
  };
}

function policyOf({ policyEvent }: PulumiEvent): EngineEvent | null {
  if (policyEvent === undefined) return null;
  const { policyName, enforcementLevel, message } = policyEvent;
  return { kind: "violation", violation: { policy: policyName, level: enforcementLevel, message: plain(message) } };
}

function diagnosticOf({ diagnosticEvent }: PulumiEvent): EngineEvent | null {
  if (diagnosticEvent === undefined || !SHOWN.has(diagnosticEvent.severity)) return null;
  const text = plain(diagnosticEvent.message);
  if (text === "" || NOISE.some((noise) => noise.test(text))) return null;
  return { kind: "diagnostic", severity: diagnosticEvent.severity, text };
}

function summaryOf({ summaryEvent }: PulumiEvent): EngineEvent | null {
  if (summaryEvent === undefined) return null;
  return { kind: "summary", changes: summaryEvent.resourceChanges as Readonly<Record<string, number>> };
}

function resourceOf(event: PulumiEvent, operation: Operation): EngineEvent | null {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
  const ended = operation === "preview" ? undefined : resOutputsEvent;
  const planned = operation === "preview" ? resourcePreEvent : undefined;
  const metadata = (resOpFailedEvent ?? ended ?? planned)?.metadata;
  if (metadata === undefined) return null;
  const { op, type, urn } = metadata;
  const when = resOpFailedEvent !== undefined ? "failed" : ended !== undefined ? "done" : "planned";
  return { kind: "resource", when, op, type, name: urn.split("::").at(-1) ?? urn, urn };
}

const SHOWN: ReadonlySet<string> = new Set(["error", "warning"]);

/** Said of every run, and of no use to the reader. */
const NOISE: readonly RegExp[] = [
  /^using pulumi-(resource|language)-\S+ from \$PATH/,
  /^(preview|update|destroy) (failed|canceled)$/,
];

const COLOURS = /<\{%[^%]*%\}>/g;
const plain = (text: string): string => text.replace(COLOURS, "").trim();
