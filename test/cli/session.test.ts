import { expect, test } from "vitest";
import { PLAIN } from "../../cli/colours.ts";
import { checkText } from "../../cli/format/check-text.ts";
import { judgeObjects } from "../../cli/judged.ts";
import { plannedObjects, TODAY } from "../support/context.ts";
import { OPEN_SITE } from "../support/open-site.ts";
import { golden, millrace, session, sitesFolder } from "../support/session.ts";
import { labWith, opening, ROOT, siteText } from "../support/sites.ts";

const BROKEN = labWith(
  ["system: gb300-nvl72", "system: gb300-nvl27"],
  ["contracted: { value: 2.5 MW,", "contracted: { value: 2.5 mW,"],
  ["  timeZone:", "  timezone:"],
  ["budget:", "budget: &b"],
);
const DAY = "--as-of 2026-11-24";
const empty = sitesFolder();
const folder = sitesFolder({ broken: BROKEN, open: OPEN_SITE });

/** What a session shows, once its lines have run where the sites lie. */
const shown = (...lines: readonly string[]): Promise<string> => session(lines, folder);

test("help, of all and of each command", async () => {
  const commands = [
    "plan",
    "failures",
    "check",
    "netbox",
    "curtail",
    "size",
    "fabric",
    "explain",
    "render",
    "preview",
    "up",
    "destroy",
    "init",
    "engine",
  ];
  await golden("cli/help.txt", await shown("--help", ...commands.map((command) => `${command} --help`)));
});

test("plan", async () => {
  await golden("cli/plan-lab.txt", await shown("plan lab"));
  await golden("cli/plan-independence.txt", await session(["plan independence-mo"], ROOT));
  await golden("cli/plan-lab.json", (await millrace("plan lab --format json", folder)).stdout);
});

test("failures", async () => {
  await golden("cli/failures-lab.txt", await shown("failures lab"));
  await golden("cli/failures-independence.txt", await session(["failures independence-mo"], ROOT));
  const { stdout } = await millrace("failures lab --every-node", folder);
  expect(stdout.split("\n").filter((line) => line.includes("whip-"))).toHaveLength(64 + 1);
});

test("size", async () => {
  await golden(
    "cli/size-lab.txt",
    await shown(
      "size lab --endpoint llama-70b",
      "size lab --endpoint llama",
      "size lab --pool gb300 --pool gb300,gb30",
    ),
  );
});

test("check of a site that proves", async () => {
  await golden("cli/check-lab.txt", await shown(`check lab ${DAY}`));
});

test("plan and check of a site that rents: nodes, EFA devices, reservations and what they cost an hour", async () => {
  await golden("cli/aws-ohio.txt", await session(["plan aws-ohio", `check aws-ohio ${DAY}`], ROOT));
});

test("the campus as if online: everything that is missing, by name", async () => {
  const opened = opening(siteText("independence-mo"), "independence-mo");
  const judged = judgeObjects(opened, plannedObjects(opened), { today: TODAY, asState: "online" }, null);
  await golden("cli/check-independence-online.txt", `${checkText(judged, PLAIN)}\n`);
});

test.each([
  ["text", "txt"],
  ["sarif", "sarif"],
  ["junit", "xml"],
  ["markdown", "md"],
])("check of a site with something of each kind open, as %s", async (format, ending) => {
  const { stdout, stderr, code } = await millrace(`check open ${DAY} --format ${format}`, folder);
  expect([stderr, code]).toEqual(["", 1]);
  await golden(`cli/check-open.${ending}`, stdout);
});

test("faults are told in each format, on the side where they belong", async () => {
  const formats = ["text", "json", "sarif", "junit", "markdown"].map((format) => `check broken --format ${format}`);
  await golden(
    "cli/check-broken.txt",
    await shown(...formats, "plan broken", "plan broken --format json", "render broken"),
  );
});

test("what is misspelt or missing is told with what was meant", async () => {
  await golden(
    "cli/mistakes.txt",
    await shown(
      "",
      "chek lab",
      "plan",
      "plan lba",
      "plan ../stacks/lab",
      "plan lab more",
      "plan lab --fromat json",
      "plan lab --format jsn",
      "check lab --as-of onlin",
      "check lab --as-of 2026-02-30",
      "check lab --policy-pack-config none.json",
      "--cwd stacks/lab plan lab",
      "explain powr/feed",
      "init Lab",
      "completion tcsh",
    ),
  );
});

test("explain a rule, a gate, a study, and a field by its path, by an entry's, and by its last word", async () => {
  await golden(
    "cli/explain.txt",
    await shown(
      "explain power/firm-supply",
      "explain nvlink",
      "explain coolant-loop",
      "explain emt",
      "explain pools[0].powerBudget",
      "explain tariff",
      "explain target",
    ),
  );
});

test("init, then check; a second init overwrites nothing", async () => {
  const lines = ["init mill-creek", `check mill-creek ${DAY}`, "init mill-creek", "init lab"];
  await golden("cli/init.txt", await session(lines, empty));
});

test("completion knows commands, options and sites", async () => {
  await golden(
    "cli/completion.txt",
    await shown("complete -- ch", 'complete -- check ""', "complete -- check lab --a"),
  );
  const { stdout, code } = await millrace("completion bash", folder);
  expect([stdout.startsWith("# bash completion for millrace"), code]).toEqual([true, 0]);
});
