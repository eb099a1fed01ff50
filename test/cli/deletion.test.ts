import { describe, expect, test } from "vitest";
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument } from "yaml";
import { placeOf } from "../../cli/format/finding-lines.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { blocks, check, exitCode } from "../../policies/check.ts";
import { contextOf, TODAY } from "../support/context.ts";
import { opening, reading, siteText } from "../support/sites.ts";

type Path = readonly (string | number)[];
const text = siteText("lab");

/** Every key and every list entry of the blueprint, by path. */
function everything(node: unknown, path: Path = []): readonly Path[] {
  if (isMap(node)) {
    return node.items
      .filter((item): item is Pair<Node, Node> => isPair(item) && isScalar(item.key))
      .flatMap(({ key, value }) => {
        const own = [...path, String((key as { value?: unknown }).value)];
        return [own, ...everything(value, own)];
      });
  }
  return isSeq(node)
    ? node.items.flatMap((item, index) => [[...path, index], ...everything(item, [...path, index])])
    : [];
}

/** An endpoint less is a decision, not a figure that is missing. */
const isDecision = (path: Path): boolean => path.length === 3 && path[1] === "endpoints";
const paths = everything(parseDocument(text).contents).filter((path) => !isDecision(path));

function without(path: Path): string {
  const document = parseDocument(text);
  document.deleteIn(path);
  return document.toString({ lineWidth: 0 });
}

/** The exit code of `check` on a text, and what it says, with its places. */
function verdictOf(changed: string): { readonly code: number; readonly said: string } {
  const read = reading(changed);
  if (!read.ok) return { code: 3, said: showFaults(read.faults, read.source) };
  const findings = check(contextOf({ text: changed }));
  const opened = opening(changed);
  return {
    code: exitCode(findings),
    said: findings
      .filter(blocks)
      .map((finding) => `${placeOf(finding.at, opened)} ${finding.message}`)
      .join("\n"),
  };
}

describe(`the lab, as of ${TODAY}, without any one of its ${paths.length} keys and entries`, () => {
  test("there are many", () => {
    expect(paths.length).toBeGreaterThan(180);
  });

  test.each(paths.map((path) => [path.join("."), path] as const))("%s", (_, path) => {
    const { code, said } = verdictOf(without(path));
    expect([2, 3]).toContain(code);
    expect(said).toMatch(/stacks\/lab\/site\.yaml:\d+:\d+/);
  });
});
