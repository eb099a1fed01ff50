import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasEngine, temporaryProject } from "../support/engine.ts";
import { millrace } from "../support/session.ts";
import { labWithoutGate, ROOT, siteText } from "../support/sites.ts";

const DAY = "--as-of 2026-11-24";
const { root } = temporaryProject({ copied: ["Pulumi.yaml", "stacks"] });
const manifests = () => join(root, ".millrace", "lab", "manifests", "1-manifest");

describe.skipIf(!hasEngine)("through the real engine", { timeout: 120_000 }, () => {
  test("preview, up, up again, a repair, destroy", async () => {
    const previewed = await millrace(`preview lab ${DAY}`, root);
    expect(previewed).toMatchObject({ code: 0 });
    const count = /^preview of lab: (\d+) to create\nnext: millrace up lab$/m.exec(previewed.stdout)?.[1];
    expect(existsSync(manifests())).toBe(false);

    const up = await millrace(`up lab ${DAY}`, root);
    expect(up).toMatchObject({ code: 0 });
    expect(up.stdout).toContain(`up of lab: ${count} created\nbuilt as manifests in .millrace/lab/manifests:\n`);
    expect(up.stdout).toContain("  endpoint llama-70b: llama-3.1-70b, 64 copies on 256 GPUs\n");
    expect(up.stderr).toContain("  ✓ create   Deployment lab-endpoint-llama-70b-workload\n");
    const files = readdirSync(manifests());
    expect(up.stdout).toContain(`: ${files.length} unchanged\nnext: kubectl apply`);

    writeFileSync(join(manifests(), files[0] ?? ""), "edited: by hand\n");
    rmSync(join(manifests(), files[1] ?? ""));
    const again = await millrace(`up lab ${DAY}`, root);
    expect(again.stdout).toContain(`up of lab: ${count} unchanged\n`);
    expect(again.stdout).toContain(`: 1 added, 1 changed, ${files.length - 2} unchanged\n`);

    const destroyed = await millrace("destroy lab", root);
    expect(destroyed).toMatchObject({ code: 0 });
    expect(destroyed.stdout).toContain(`destroy of lab: ${count} deleted\n`);
    expect(existsSync(join(root, ".millrace"))).toBe(false);
  });

  test("interrupted, it stops in order, and the same command goes on from there", async () => {
    const child = spawn(process.execPath, [join(ROOT, "cli", "millrace.js"), "up", "lab", ...DAY.split(" ")], {
      cwd: root,
    });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => {
      const begun = stderr.includes("on Pulumi's engine");
      stderr += data.toString();
      if (!begun && stderr.includes("on Pulumi's engine")) child.kill("SIGINT");
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(stderr).toContain("… stopping: the engine finishes what it has begun");
    expect(stderr).toContain("stopped: what was done until then is in the state");
    expect(code).toBe(130);
    expect(await millrace(`up lab ${DAY}`, root)).toMatchObject({ code: 0 });
    expect(await millrace("destroy lab", root)).toMatchObject({ code: 0 });
  });

  test("a document that is missing blocks before the engine starts", async () => {
    const site = join(root, "stacks", "lab", "site.yaml");
    writeFileSync(site, labWithoutGate("gpu-burn"));
    const { stdout, stderr, code } = await millrace(`up lab ${DAY}`, root);
    writeFileSync(site, siteText("lab"));
    expect(stdout).toContain("verdict: unproved");
    expect([stderr, code]).toEqual(["\nnot started: the verdict is unproved\n", 2]);
  });
});
