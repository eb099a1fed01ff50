import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import * as sdk from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";
import type { EngineEvent } from "../../cli/engine/index.ts";
import { hasEngine, operated, pulumi, temporaryProject } from "../support/engine.ts";

const PACK = `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("racks", {
  policies: [
    {
      name: "few-racks",
      description: "no more racks than the limit",
      enforcementLevel: "mandatory",
      configSchema: { properties: { limit: { type: "number", default: 2 } } },
      validateStack: ({ resources, getConfig }, report) => {
        const racks = resources.filter(({ type }) => type === "millrace:test:Rack").length;
        const { limit } = getConfig<{ limit: number }>();
        if (racks > limit) report(\`\${racks} racks, \${limit} allowed\`);
      },
    },
  ],
});
`;
const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
const racks = new pulumi.Config().requireNumber("racks");
for (let index = 0; index < racks; index++) new pulumi.ComponentResource("millrace:test:Rack", \`rack-\${index}\`, { index });
export const built = racks;
`;

const { root, backend } = temporaryProject({
  texts: {
    "Pulumi.yaml":
      "name: tiny\nruntime: { name: nodejs, options: { typescript: false, packagemanager: npm } }\nmain: index.ts\n",
    "package.json": '{ "type": "module" }',
    "index.ts": PROGRAM,
    "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
    "pack/package.json": '{ "name": "racks", "version": "1.0.0", "type": "module", "main": "main.mjs" }',
    "pack/main.mjs": 'import "./index.ts";\n',
    "pack/index.ts": PACK,
    "pack/pack.mjs": '#!/usr/bin/env node\nprocess.chdir(import.meta.dirname);\nawait import("./index.ts");\n',
    "three.json": '{ "few-racks": { "limit": 3 } }',
    "advisory.json": '{ "all": "advisory" }',
  },
});
const packs = [join(root, "pack", "pack.mjs")];
const racks = (count: number) => async () => {
  for (let index = 0; index < count; index++)
    new sdk.ComponentResource("millrace:test:Rack", `rack-${index}`, { index });
  return { built: count };
};

describe.skipIf(!hasEngine)("the engine", { timeout: 60_000 }, () => {
  test("preview, up, up again, fewer, destroy", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("automation-"));
    const site = "inline";
    const events: EngineEvent[] = [];
    expect(
      await operated("preview", { root, site, packs, program: racks(2), onEvent: (event) => events.push(event) }),
    ).toEqual({
      outcome: "succeeded",
      changes: { create: 3 },
      violations: [],
      errors: [],
    });
    expect(
      events
        .map((event) => (event.kind === "resource" ? `${event.when} ${event.op} ${event.name}` : event.kind))
        .sort(),
    ).toEqual(["planned create rack-0", "planned create rack-1", "planned create tiny-inline", "summary"]);
    expect((await operated("up", { root, site, packs, program: racks(2) })).changes).toEqual({ create: 3 });
    expect((await operated("up", { root, site, packs, program: racks(2) })).changes).toEqual({ same: 3 });
    expect((await operated("up", { root, site, packs, program: racks(1) })).changes).toEqual({ same: 2, delete: 1 });
    expect((await operated("destroy", { root, site, program: racks(1) })).changes).toEqual({ delete: 2 });
    expect(existsSync(join(backend, ".pulumi", "stacks", "tiny", "inline.json"))).toBe(false);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("automation-"))).toEqual(before);
  });

  test("a pack blocks up before anything is applied; its configuration reaches it", async () => {
    const site = "blocked";
    const applied: EngineEvent[] = [];
    const onEvent = (event: EngineEvent) => event.kind === "resource" && applied.push(event);
    const blocked = await operated("up", { root, site, packs, program: racks(3), onEvent });
    expect(blocked).toMatchObject({
      outcome: "blocked",
      violations: [
        { policy: "few-racks", level: "mandatory", message: "no more racks than the limit\n3 racks, 2 allowed" },
      ],
      errors: [],
    });
    expect(applied).toEqual([]);

    const packConfig = join(root, "three.json");
    expect(await operated("up", { root, site, packs, packConfig, program: racks(3) })).toMatchObject({
      outcome: "succeeded",
      changes: { create: 4 },
      violations: [],
    });
    const relaxed = await operated("up", {
      root,
      site,
      packs,
      packConfig: join(root, "advisory.json"),
      program: racks(3),
    });
    expect(relaxed).toMatchObject({ outcome: "succeeded", changes: { same: 4 }, violations: [{ level: "advisory" }] });
    expect((await operated("destroy", { root, site, program: racks(0) })).changes).toEqual({ delete: 4 });
  });

  test("a program's own error is told without the command line or a stack trace", async () => {
    const program = async () => {
      throw new sdk.RunError("hall b2 has no racks");
    };
    const failed = await operated("preview", { root, site: "broken", program });
    expect(failed.outcome).toBe("failed");
    expect(failed.errors.join("\n")).toContain("hall b2 has no racks");
    expect(failed.errors.join("\n")).not.toMatch(/--exec-kind|node_modules|\n\s+at /);
  });

  test("a passphrase that does not fit is an error as data", async () => {
    const site = "secret";
    await operated("up", { root, site, program: racks(1) });
    vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "another");
    const failed = await operated("preview", { root, site, program: racks(1) });
    vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "of the test");
    expect(failed).toMatchObject({ outcome: "failed", errors: [expect.stringContaining("incorrect passphrase")] });
    expect(failed.errors.join("\n")).not.toContain("another");
    await operated("destroy", { root, site, program: racks(1) });
  });

  test("a wish to stop ends the run, and the next one goes on", async () => {
    const site = "stopped";
    const wish = new AbortController();
    let runs = 0;
    const program = async () => {
      await racks(1)();
      if (++runs === 2) {
        wish.abort();
        await new Promise(() => {});
      }
      return {};
    };
    expect(await operated("up", { root, site, program, signal: wish.signal })).toMatchObject({
      outcome: "interrupted",
    });
    expect(await operated("up", { root, site, program })).toMatchObject({ outcome: "succeeded" });
    expect(await operated("up", { root, site, program, signal: wish.signal })).toMatchObject({
      outcome: "interrupted",
      changes: {},
    });
    await operated("destroy", { root, site, program });
  });

  test("the lock of a run that was killed is cleared, another's is respected", async () => {
    const site = "locked";
    const folder = join(backend, ".pulumi", "locks", "organization", "tiny", site);
    await operated("up", { root, site, program: racks(1) });
    const owner = { pid: 2 ** 22 + 1, username: "someone", hostname: hostname(), timestamp: "2026-11-24T00:00:00Z" };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "dead.json"), JSON.stringify(owner));
    expect(await operated("up", { root, site, program: racks(1) })).toMatchObject({ outcome: "succeeded" });

    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "living.json"), JSON.stringify({ ...owner, pid: process.pid }));
    const refused = await operated("destroy", { root, site, program: racks(1) });
    expect(refused).toMatchObject({
      outcome: "failed",
      errors: [expect.stringContaining("currently locked by 1 lock(s)")],
    });
  });

  test("stock pulumi runs the program from Pulumi.yaml, and a directory pack", async () => {
    expect(await pulumi(root, "stack", "init", "stock")).toMatchObject({ code: 0 });
    expect(await pulumi(root, "config", "set", "racks", "3", "-s", "stock")).toMatchObject({ code: 0 });
    const blocked = await pulumi(root, "preview", "-s", "stock", "--policy-pack", "pack");
    expect(blocked.code).not.toBe(0);
    expect(blocked.stdout).toContain("3 racks, 2 allowed");

    await pulumi(root, "config", "set", "racks", "2", "-s", "stock");
    const passed = await pulumi(root, "preview", "-s", "stock", "--policy-pack", "pack");
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringContaining("+ 3 to create") });
    expect((await pulumi(root, "up", "--yes", "-s", "stock")).stdout).toMatch(/built\s*: 2/);
    expect((await pulumi(root, "destroy", "--yes", "--remove", "-s", "stock")).stdout).toContain("- 3 deleted");
  });

  test("stock pulumi tells a program's missing configuration in one line", async () => {
    await pulumi(root, "stack", "init", "bare");
    const failed = await pulumi(root, "preview", "-s", "bare");
    expect(failed.code).not.toBe(0);
    expect(failed.stdout).toContain("Missing required configuration variable 'tiny:racks'");
    expect(failed.stdout).not.toContain("the program ended with");
  });
});
