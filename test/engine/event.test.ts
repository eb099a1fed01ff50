import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { eventReader, type Operation, type EngineEvent as Shown } from "../../cli/engine/event.ts";

const metadata = {
  op: "create",
  type: "millrace:power:PowerBudget",
  urn: "urn:pulumi:lab::millrace::millrace:power:PowerBudget::lab-power",
};
const resource = (when: "planned" | "done" | "failed"): Shown => ({
  kind: "resource",
  when,
  op: "create",
  type: "millrace:power:PowerBudget",
  name: "lab-power",
  urn: metadata.urn,
});
const diagnostic = (severity: string, message: string) => ({ diagnosticEvent: { severity, message, color: "raw" } });

test.each<[string, object, Operation, Shown | null]>([
  ["a planned step at preview", { resourcePreEvent: { metadata } }, "preview", resource("planned")],
  ["a step that only begins", { resourcePreEvent: { metadata } }, "up", null],
  ["a step that a preview ends", { resOutputsEvent: { metadata } }, "preview", null],
  ["a step that is done", { resOutputsEvent: { metadata } }, "up", resource("done")],
  ["a step that failed", { resOpFailedEvent: { metadata, status: 1, steps: 1 } }, "up", resource("failed")],
  [
    "a summary",
    { summaryEvent: { resourceChanges: { create: 3 } } },
    "up",
    { kind: "summary", changes: { create: 3 } },
  ],
  [
    "a violation, its colours gone",
    {
      policyEvent: {
        policyName: "power/quota",
        enforcementLevel: "mandatory",
        message: "<{%fg 1%}>over<{%reset%}>\nby 3\n",
      },
    },
    "preview",
    { kind: "violation", violation: { policy: "power/quota", level: "mandatory", message: "over\nby 3" } },
  ],
  [
    "an error",
    diagnostic("error", "<{%fg 1%}>no way<{%reset%}>\n"),
    "up",
    { kind: "diagnostic", severity: "error", text: "no way" },
  ],
  ["a remark", diagnostic("info", "hello"), "up", null],
  ["the engine's own inner words", diagnostic("debug", "RegisterResource"), "up", null],
  ["an empty warning", diagnostic("warning", " \n"), "up", null],
  ["the end, which the outcome tells", diagnostic("error", "update failed"), "up", null],
  ["a stop, which the outcome tells", diagnostic("error", "update canceled"), "up", null],
  ["where a host was found", diagnostic("warning", "using pulumi-language-nodejs from $PATH at /x"), "up", null],
  ["an event of another kind", { preludeEvent: { config: {} } }, "up", null],
])("%s", (_, event, operation, shown) => {
  expect(eventReader(operation)({ sequence: 1, timestamp: 0, ...event } as unknown as EngineEvent)).toEqual(shown);
});

test("a component, whose end the engine tells twice, is shown once; what fails after it is shown too", () => {
  const read = eventReader("up");
  const done = { sequence: 1, timestamp: 0, resOutputsEvent: { metadata } } as unknown as EngineEvent;
  const failed = { sequence: 2, timestamp: 0, resOpFailedEvent: { metadata } } as unknown as EngineEvent;
  expect([read(done), read(done), read(failed)]).toEqual([resource("done"), null, resource("failed")]);
});
