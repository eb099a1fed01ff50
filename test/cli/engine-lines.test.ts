import { describe, expect, test } from "vitest";
import { PLAIN } from "../../cli/colours.ts";
import type { EngineEvent, Operated } from "../../cli/engine/index.ts";
import { showEvent } from "../../cli/engine-lines.ts";
import { exitOf } from "../../cli/engine-outcome.ts";
import { progressLines } from "../../cli/progress-lines.ts";

/** A terminal, or what stands for one, whose lines are kept. */
function heard(live: "live" | "lines" = "lines") {
  const lines: string[] = [];
  const keep = (text: string) => {
    lines.push(text);
  };
  return {
    lines,
    io: { out: keep, err: keep, draw: (text: string) => keep(`draws ${text}`), colours: PLAIN, live: live === "live" },
  };
}

describe("an event of the engine", () => {
  const resource = { kind: "resource", type: "kubernetes:apps/v1:Deployment", name: "lab-a", urn: "u" } as const;
  const violation = { policy: "power/feed", level: "mandatory", message: "violated: short\nfix: less" };
  const cases: readonly (readonly [EngineEvent, readonly string[]])[] = [
    [{ ...resource, when: "planned", op: "create" }, ["  + create   Deployment lab-a"]],
    [{ ...resource, when: "done", op: "delete" }, ["  ✓ delete   Deployment lab-a"]],
    [{ ...resource, when: "failed", op: "update" }, ["  ✗ update   Deployment lab-a"]],
    [{ ...resource, when: "done", op: "same" }, []],
    [
      { ...resource, when: "done", op: "create", name: "a\u001b[31m\u202eb" },
      ["  ✓ create   Deployment a\ufffd[31m\ufffdb"],
    ],
    [{ kind: "violation", violation }, ["  ✗ power/feed: violated: short\n      fix: less"]],
    [{ kind: "violation", violation: { ...violation, level: "advisory" } }, []],
    [{ kind: "diagnostic", severity: "error", text: "a\nb" }, ["  error: a\n      b"]],
    [{ kind: "summary", changes: {} }, []],
  ];
  test.each(cases)("%j", (event, shown) => {
    const { lines, io } = heard();
    showEvent(event, io);
    expect(lines).toEqual(shown);
  });
});

describe("the end of a run", () => {
  const done: Operated = { outcome: "blocked", changes: {}, violations: [], errors: [] };
  const violation = (level: string, message: string) => ({ policy: "power/feed", level, message });

  test.each([
    ["violated", { violations: [violation("mandatory", "load ≤ feed\nviolated: short by 2 MW")] }, 1],
    ["unproved", { violations: [violation("mandatory", "load ≤ feed\nunproved: not known: rating")] }, 2],
    [
      "advisory speaks not",
      { violations: [violation("advisory", "violated: x"), violation("mandatory", "unproved: y")] },
      2,
    ],
    ["failed", { outcome: "failed", errors: ["no space left"] }, 4],
    ["interrupted", { outcome: "interrupted" }, 130],
  ] as const)("%s", (_what, given, code) => {
    expect(exitOf({ ...done, ...given }, heard().io)).toBe(code);
  });

  test("a failure without a reason says so", () => {
    const { lines, io } = heard();
    exitOf({ ...done, outcome: "failed" }, io);
    expect(lines).toEqual(["\nthe engine failed: it gave no reason"]);
  });
});

describe("progress", () => {
  const tell = (live: "live" | "lines") => {
    const { lines, io } = heard(live);
    const { progress, end } = progressLines(io);
    progress({ kind: "step", text: "building" });
    progress({ kind: "detail", text: "a/package" });
    for (const done of [1, 9, 10, 11, 100]) progress({ kind: "share", done, of: 100, text: "pulumi" });
    end();
    return lines;
  };

  test("a line at each tenth where nobody looks", () => {
    expect(tell("lines")).toEqual([
      "… building",
      "  pulumi: 1 of 100 packages",
      "  pulumi: 10 of 100 packages",
      "  pulumi: 100 of 100 packages",
    ]);
  });

  test("one moving line on a terminal, gone at the end", () => {
    expect(tell("live")).toEqual([
      "draws ",
      "… building",
      "draws   a/package",
      ...[1, 9, 10, 11, 100].map((done) => `draws   pulumi: ${done} of 100 packages`),
      "draws ",
    ]);
  });
});
