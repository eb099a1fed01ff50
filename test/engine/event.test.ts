import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { eventsOf, type EngineEvent as Shown } from "../../cli/engine/event.ts";

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
});
const diagnostic = (severity: string, message: string) => ({ diagnosticEvent: { severity, message, color: "raw" } });

test.each<[string, object, boolean, readonly Shown[]]>([
  ["a planned step at preview", { resourcePreEvent: { metadata } }, true, [resource("planned")]],
  ["a step that only begins", { resourcePreEvent: { metadata } }, false, []],
  ["a step that is done", { resOutputsEvent: { metadata } }, false, [resource("done")]],
  ["a step that failed", { resOpFailedEvent: { metadata, status: 1, steps: 1 } }, false, [resource("failed")]],
  [
    "a summary",
    { summaryEvent: { resourceChanges: { create: 3 } } },
    false,
    [{ kind: "summary", changes: { create: 3 } }],
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
    true,
    [{ kind: "violation", violation: { policy: "power/quota", level: "mandatory", message: "over\nby 3" } }],
  ],
  [
    "an error",
    diagnostic("error", "<{%fg 1%}>no way<{%reset%}>\n"),
    false,
    [{ kind: "diagnostic", severity: "error", text: "no way" }],
  ],
  ["a remark", diagnostic("info", "hello"), false, []],
  ["the engine's own inner words", diagnostic("debug", "RegisterResource"), false, []],
  ["an empty warning", diagnostic("warning", " \n"), false, []],
  ["the end, which the outcome tells", diagnostic("error", "update failed"), false, []],
  ["a stop, which the outcome tells", diagnostic("error", "update canceled"), false, []],
  ["where a host was found", diagnostic("warning", "using pulumi-language-nodejs from $PATH at /x"), false, []],
  ["an event of another kind", { preludeEvent: { config: {} } }, false, []],
])("%s", (_, event, preview, shown) => {
  expect(eventsOf({ sequence: 1, timestamp: 0, ...event } as unknown as EngineEvent, preview)).toEqual(shown);
});
