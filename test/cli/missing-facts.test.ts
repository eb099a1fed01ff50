import { expect, test } from "vitest";
import { Document, isMap, isSeq, type Node, parseDocument } from "yaml";
import { PLAIN } from "../../cli/colours.ts";
import { checkText } from "../../cli/format/check-text.ts";
import { judgeObjects } from "../../cli/judged.ts";
import { planSite } from "../../components/plan.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { catalog, reading, siteText } from "../support/sites.ts";

type Path = readonly (string | number)[];

/** Every key of the file, and every signed document: whatever states a fact. Entries that only decide are no facts. */
function factsOf(node: Node | null | undefined, path: Path = []): readonly Path[] {
  if (isMap(node)) {
    return node.items.flatMap((pair) => {
      const at = [...path, String(pair.key)];
      return [at, ...factsOf(pair.value as Node, at)];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.flatMap((item, index) => {
    const at = [...path, index];
    return [...(path.at(-1) === "evidence" ? [at] : []), ...factsOf(item as Node, at)];
  });
}

function without(path: Path): string {
  const document = parseDocument(siteText("lab"));
  document.deleteIn(path);
  return String(new Document(document.toJS()));
}

/** Exit code and text of `millrace check lab` on a changed file. */
function checked(text: string): { readonly code: number; readonly told: string } {
  const read = reading(text);
  if (!read.ok) return { code: 3, told: showFaults(read.faults, read.source) };
  const opened = { ...read, catalog, ...planSite("lab", read.site, catalog) };
  const judged = judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState: null }, null);
  return { code: exitCode(judged.findings), told: checkText(judged, PLAIN) };
}

test("the lab as it stands proves", () => {
  expect(checked(siteText("lab")).code).toBe(0);
});

/** What only asks for more: without it less is judged, and nothing is assumed. */
const ASKS_FOR_MORE = ["power.outages", "power.distribution.0.services"];
/** What none of the lab's own pods rests on: those over several nodes go by NVLink, none asks for RDMA. */
const AHEAD = ["pools.0.memlock"];
/** What an advisory rule alone reads. */
const ADVISED = ["pools.0.remediation"];

test.each(
  factsOf(parseDocument(siteText("lab")).contents)
    .map((path) => [path.join("."), path] as const)
    .filter(([name]) => ![...ASKS_FOR_MORE, ...AHEAD, ...ADVISED].includes(name)),
)("without %s it does not, and a line is named", (_name, path) => {
  const { code, told } = checked(without(path));
  expect([2, 3]).toContain(code);
  expect(told).toMatch(/stacks\/lab\/site\.yaml:\d+:\d+/);
});
