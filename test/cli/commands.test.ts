import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { OPEN_SITE } from "../support/open-site.ts";
import { millrace, sitesFolder } from "../support/session.ts";
import { labWith, ROOT } from "../support/sites.ts";

const DAY = "--as-of 2026-11-24";
const NO_ENGINE = { MILLRACE_ENGINE: "none" };
const folder = sitesFolder({ open: OPEN_SITE, broken: labWith(["system: gb300-nvl72", "system: none"]) });
const manifests = (site: string) => join(folder, ".millrace", site, "manifests");

describe("render", () => {
  test("writes once, then only what is missing or was changed by hand, and removes what is gone", async () => {
    const first = await millrace(`render lab ${DAY}`, folder);
    expect(first).toMatchObject({ stderr: "", code: 0 });
    const files = readdirSync(join(manifests("lab"), "1-manifest"));
    expect(first.stdout).toContain(`${files.length} manifests in .millrace/lab/manifests: ${files.length} added`);
    expect((await millrace(`render lab ${DAY}`, folder)).stdout).toContain(`: ${files.length} unchanged\n`);

    const edited = join(manifests("lab"), "1-manifest", files[0] ?? "");
    const written = readFileSync(edited, "utf8");
    writeFileSync(edited, `${written}extra: 1\n`);
    expect((await millrace(`render lab ${DAY}`, folder)).stdout).toContain(
      `: 1 changed, ${files.length - 1} unchanged\n  ~ 1-manifest/${files[0]}\n`,
    );
    expect(readFileSync(edited, "utf8")).toBe(written);
  });

  test("writes where it is told to", async () => {
    expect(await millrace(`render lab ${DAY} --output elsewhere`, folder)).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, "elsewhere"))).toEqual(["1-manifest"]);
  });

  test("writes nothing of a site that does not prove", async () => {
    const { stdout, stderr, code } = await millrace(`render open ${DAY}`, folder);
    expect(stdout).toContain("verdict: violated");
    expect([stderr, code]).toEqual(["\nnothing written: the verdict is violated\n", 1]);
    expect(existsSync(manifests("open"))).toBe(false);
  });
});

describe("a policy-pack configuration", () => {
  const checked = (config: string) => {
    writeFileSync(join(folder, "pack.json"), config);
    return millrace(`check open ${DAY} --policy-pack-config pack.json`, folder);
  };

  test("lowers a rule, and the finding says by what", async () => {
    const { stdout, code } = await checked('{ "cost/budget-hourly": "advisory" }');
    expect(stdout).toContain("    relaxed by pack.json: advisory\n");
    expect([/^verdict: (\w+)/m.exec(stdout)?.[1], code]).toEqual(["unproved", 2]);
  });

  test("all of its mistakes are told", async () => {
    const { stdout, stderr, code } = await checked('{ "cost/budget-hour": "advisory", "power/feed": "off" }');
    expect([stdout, code]).toEqual(["", 3]);
    expect(stderr.match(/^pack\.json: /gm)).toHaveLength(2);
  });
});

describe("preview, up and destroy without an engine", () => {
  test.each(["preview", "up"])(
    "%s shows plan and verdict, and never asks for an engine where it is blocked",
    async (operation) => {
      const { stdout, stderr, code } = await millrace(`${operation} open ${DAY}`, folder, NO_ENGINE);
      expect(stdout).toMatch(/^Lab pod {3}plan [0-9a-f]{12} {3}target render\n[\s\S]*\nverdict: violated/);
      expect([stderr, code]).toEqual(["\nnot started: the verdict is violated\n", 1]);
    },
  );

  test("the plan and the verdict are there before anything is said of the engine", async () => {
    copyFileSync(join(ROOT, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    const { stdout, stderr, code } = await millrace(`up lab ${DAY}`, folder, NO_ENGINE);
    expect(stdout).toMatch(/\nverdict: proved\n$/);
    expect(stderr).toContain("plan, check, render and explain work without it");
    expect(code).toBe(4);
  });

  test("destroy says what it takes down, and where", async () => {
    const { stdout, code } = await millrace("destroy lab", folder, NO_ENGINE);
    expect(stdout).toBe("destroy of lab: everything that its stack holds, as manifests in .millrace/lab/manifests\n");
    expect(code).toBe(4);
  });

  test.each(["up broken", "destroy broken", "destroy", "destroy lab --yes", "up nowhere"])(
    "%s is bad input",
    async (line) => {
      expect(await millrace(line, folder, NO_ENGINE)).toMatchObject({ stdout: "", code: 3 });
    },
  );

  test("outside a Pulumi project nothing is built", async () => {
    const { stderr, code } = await millrace("up lab --cwd elsewhere", folder, NO_ENGINE);
    expect([/^--cwd: no sites here/.test(stderr), code]).toEqual([true, 3]);
  });
});
