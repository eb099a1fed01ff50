import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fileName } from "../../cli/render/write.ts";
import { objectsOf } from "../../components/objects.ts";
import { session } from "../support/command.ts";
import { hasEngine } from "../support/engine.ts";
import { opening, ROOT, siteText } from "../support/sites.ts";

const DAY = "--as-of 2026-11-24";

/** A project of its own: the checkout's code, the sites copied, so that nothing of the checkout changes. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), "millrace-project-"));
  for (const part of ["components", "policies", "cli", "stacks", "Pulumi.yaml", "package.json"])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

describe.skipIf(!hasEngine)("the command line on the real engine", { timeout: 120_000 }, () => {
  const state = mkdtempSync(join(tmpdir(), "millrace-state-"));
  const own = project();
  const run = (line: string) => session(line, { cwd: own.folder, environment: { XDG_STATE_HOME: state } });
  afterAll(() => {
    own.remove();
    rmSync(state, { recursive: true, force: true });
  });

  describe.each(["lab", "independence-mo"])("%s", (site) => {
    const manifests = join(own.folder, ".millrace", site, "manifests", "1-manifest");
    const { plan, catalog } = opening(siteText(site), site);
    const objects = objectsOf(plan, catalog).map(({ object }) => object);

    test("previews without writing", () => {
      const ran = run(`millrace preview ${site} ${DAY}`);
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(`preview of ${site}: `) });
      expect(ran.stdout).toMatch(/: \d+ to create\n/);
      expect(() => readdirSync(manifests)).toThrow("ENOENT");
    });

    test("comes up: the provider writes the objects of the plan to the files that render names", () => {
      const ran = run(`millrace up ${site} ${DAY}`);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain(
        `${objects.length} manifests in .millrace/${site}/manifests: ${objects.length} unchanged`,
      );
      expect(readdirSync(manifests).sort()).toEqual(objects.map(fileName).sort());
      for (const object of objects)
        expect(parse(readFileSync(join(manifests, fileName(object)), "utf8"))).toEqual(
          JSON.parse(JSON.stringify(object)),
        );
    });

    test("comes up again without a change, and mends files that somebody touched", () => {
      const [first = "", second = ""] = readdirSync(manifests);
      rmSync(join(manifests, first));
      writeFileSync(join(manifests, second), "kind: Broken\n");
      const ran = run(`millrace up ${site} ${DAY}`);
      expect(ran.stdout).toMatch(new RegExp(`up of ${site}: \\d+ unchanged\\n`));
      expect(ran.stdout).toContain("1 added, 1 changed");
    });

    test("renders the same files without the engine", () => {
      expect(run(`millrace render ${site} ${DAY}`).stdout).toContain(`${objects.length} unchanged`);
    });

    test("goes down, and leaves nothing", () => {
      expect(run(`millrace destroy ${site}`)).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d+ deleted/) });
      expect(() => readdirSync(manifests)).toThrow("ENOENT");
      expect(readdirSync(join(own.folder, "stacks")).filter((name) => name.startsWith("Pulumi."))).toEqual([]);
    });
  });
});
