import type { EngineEvent as PulumiEvent } from "@pulumi/pulumi/automation/index.js";

/** What the command line shows of a run: a small part of what the engine says. */
export type EngineEvent =
  | {
      readonly kind: "resource";
      readonly when: "planned" | "done" | "failed";
      readonly op: string;
      readonly type: string;
      readonly name: string;
    }
  | { readonly kind: "violation"; readonly violation: PolicyViolation }
  | { readonly kind: "diagnostic"; readonly severity: string; readonly text: string }
  | { readonly kind: "summary"; readonly changes: Readonly<Record<string, number>> };

export interface PolicyViolation {
  readonly policy: string;
  readonly level: string;
  readonly message: string;
}

/** The events worth showing; absolute paths and stack traces of the engine stay behind. */
export function eventsOf(event: PulumiEvent, preview: boolean): readonly EngineEvent[] {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, policyEvent, diagnosticEvent, summaryEvent } = event;
  if (policyEvent !== undefined) {
    return [
      {
        kind: "violation",
        violation: {
          policy: policyEvent.policyName,
          level: policyEvent.enforcementLevel,
          message: plain(policyEvent.message),
        },
      },
    ];
  }
  if (diagnosticEvent !== undefined) {
    const told = diagnosticEvent.severity === "error" || diagnosticEvent.severity === "warning";
    const text = plain(diagnosticEvent.message);
    return told && text !== "" && !NOISE.some((noise) => noise.test(text))
      ? [{ kind: "diagnostic", severity: diagnosticEvent.severity, text }]
      : [];
  }
  if (summaryEvent !== undefined)
    return [{ kind: "summary", changes: summaryEvent.resourceChanges as Readonly<Record<string, number>> }];
  const step = resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent;
  if (step === undefined) return [];
  const { op, type, urn } = step.metadata;
  const when = resOpFailedEvent !== undefined ? "failed" : resOutputsEvent !== undefined ? "done" : "planned";
  return when === "planned" && !preview
    ? []
    : [{ kind: "resource", when, op, type, name: urn.split("::").at(-1) ?? urn }];
}

/** Said of every run, and of no use to the reader. */
const NOISE: readonly RegExp[] = [
  /^using pulumi-(resource|language)-\S+ from \$PATH/,
  /^(preview|update|destroy) (failed|canceled)$/,
];

const COLOURS = /<\{%[^%]*%\}>/g;
const plain = (text: string): string => text.replace(COLOURS, "").trim();
