import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { withinBudget } from "../../cli/format/budget.ts";
import { code, text } from "../../cli/format/inert-markdown.ts";
import { faultsMarkdown, markdown } from "../../cli/format/markdown.ts";
import { type Judged, judgeObjects } from "../../cli/judged.ts";
import { summaryOf } from "../../policies/check.ts";
import type { Finding } from "../../policies/finding.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { OPEN_SITE } from "../support/open-site.ts";
import { labWith, opening, reading, siteText } from "../support/sites.ts";

const COMMENT_CHARACTERS = 65_536;
const HOSTILE =
  "<img src=x onerror=a()> </details> [a](https://b.c) @org/team #12 gh-3 `c` | *d* $e$ www.f.g 0123456789abcdef <!-- h";

function judged(site: string): Judged {
  const opened = opening(site);
  return judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState: null }, null);
}

const piece = fc.oneof(
  fc.constantFrom(
    ...HOSTILE,
    ..."\n\r\t\\&~{}!",
    "https://",
    "@a",
    "#1",
    "```",
    "](",
    "GH-1",
    "deadbeef",
    "\u202e",
    "\u001b[1m",
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const hostile = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("text", () => {
  property.prop([hostile])("has no markup, mention, reference, link or line of its own", (value) => {
    const shown = text(value);
    const unescaped = shown.replace(/\\[\\`*_{}[\]<>~|&$!]/g, "");
    expect(unescaped).not.toMatch(/[\\`*_{}[\]<>~|&$!]/);
    expect(shown).not.toMatch(/[@#](?!\u200b)|\bgh-\d|(?:https?|ftp|www|mailto|xmpp)[:.]|[0-9a-f]{7}|\n|\r/i);
  });

  test("what could name a commit is cut, however long it is", () => {
    expect(text("deadbeeff8").split("\u200b")).toEqual(["dea", "dbe", "eff", "8"]);
  });

  test("letters stay as they are", () => {
    expect(text("needs 212 MW (firm), has 210 MW; short by 2 MW")).toBe(
      "needs 212 MW (firm), has 210 MW; short by 2 MW",
    );
  });
});

describe("a code span", () => {
  property.prop([hostile])("is closed by its own end only, in one line and one column", (value) => {
    expect(code(value)).toMatch(/^$|^`[^`|\n\r]+`$/);
  });
});

describe("a comment", () => {
  test("holds no element that is not ours, whatever the blueprint says", () => {
    const quoted = JSON.stringify(HOSTILE);
    const comment = markdown(
      judged(
        OPEN_SITE.replace("name: Lab pod", `name: ${quoted}`)
          .replace("reason: the registry is being moved", `reason: ${quoted}`)
          .replace("owner: platform", `owner: ${quoted}`)
          .replace("tag: v0.30.0", `tag: "v1-0123456789abcdef"`),
      ),
    );
    const elements = comment.replace(/\\</g, "").match(/<[^>]*>/g);
    expect(elements).toEqual(["<!-- millrace:check:lab -->", "<details>", "<summary>", "</summary>", "</details>"]);
    expect(comment.replace(/`[^`\n]*`/g, "")).not.toMatch(/[@#](?![\u200b#\s])|https?:|www\.|(?<!\\)\]\(/);
  });

  test("stays below the limit with ten thousand findings, keeps the verdict, and counts what it cut", () => {
    const whole = judged(siteText("lab"));
    const [first] = whole.findings;
    const findings = Array.from(
      { length: 10_000 },
      (_, index): Finding => ({
        ...(first as Finding),
        verdict: "violated",
        enforcement: "mandatory",
        subject: `subject-${index}`,
        message: `finding ${index}: ${"long ".repeat(40)}`,
      }),
    );
    const comment = markdown({ ...whole, findings, summary: summaryOf(findings) });
    expect(comment.length).toBeLessThan(COMMENT_CHARACTERS);
    expect(comment).toContain("## ❌ `lab`: violated");
    expect(comment).toContain("### Plan");
    const cut = Number(/… and (\d+) more violated, not shown/.exec(comment)?.[1]);
    expect((comment.match(/^- `/gm)?.length ?? 0) + cut).toBe(10_000);
  });

  test("faults keep below it as well", () => {
    const read = reading(
      labWith(["name: Lab pod", Array.from({ length: 900 }, (_, index) => `key-${index}: 1`).join("\n  ")]),
    );
    if (read.ok) throw new Error("the site has no fault");
    expect(faultsMarkdown("lab", read).length).toBeLessThan(COMMENT_CHARACTERS);
  });

  const section = fc.record({
    name: fc.constant("items"),
    opening: fc.constant("### Title"),
    items: fc.array(fc.string({ unit: "grapheme", maxLength: 9_000 }), { minLength: 1, maxLength: 12 }),
    closing: fc.constant("end"),
  });
  property.prop([fc.array(section, { maxLength: 6 })], { numRuns: 50 })(
    "any sections, within the budget",
    (sections) => {
      const comment = withinBudget("head", sections);
      expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(60_000);
      expect(comment.startsWith("head")).toBe(true);
    },
  );
});
