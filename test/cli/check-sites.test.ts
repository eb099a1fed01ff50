import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../support/executables.ts";
import { ran } from "../support/session.ts";
import { labWith, ROOT, siteText } from "../support/sites.ts";

/** A repository with two sites, and its first commit; `change` makes the pull request. */
function pullRequest(change: (write: (path: string, text: string) => void) => void) {
  const root = temporaryFolder();
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: root }).toString().trim();
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = () => {
    git("add", "--all");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--no-gpg-sign", "--message", "t");
  };
  git("init", "--quiet");
  cpSync(join(ROOT, ".github"), join(root, ".github"), { recursive: true });
  write(".gitignore", "cli\nreports\n.millrace\n");
  symlinkSync(join(ROOT, "cli"), join(root, "cli"));
  for (const site of ["lab", "second"]) write(`stacks/${site}/site.yaml`, siteText("lab"));
  commit();
  const base = git("rev-parse", "HEAD");
  change(write);
  commit();
  const reports = (...path: readonly string[]) => join(root, "reports", ...path);
  const summary = join(root, "summary.md");
  const run = () =>
    ran(join(root, ".github", "check-sites"), [base, "reports"], root, { GITHUB_STEP_SUMMARY: summary });
  return { root, reports, run, summary: () => readFileSync(summary, "utf8") };
}

test("a touched site is judged and rendered, the others are left alone", async () => {
  const { reports, run, summary } = pullRequest((write) =>
    write("stacks/second/site.yaml", labWith(["name: Lab pod", "name: Second pod"])),
  );
  expect(await run()).toMatchObject({ code: 0, stdout: "" });
  expect(readdirSync(reports())).toEqual(["second"]);
  expect(readdirSync(reports("second")).sort()).toEqual(
    ["check.json", "check.junit", "check.markdown", "check.sarif", "manifests", "render.txt"].sort(),
  );
  expect(summary()).toContain("## ✅ `second`: proved");
  expect(readdirSync(reports("second", "manifests", "1-manifest")).length).toBeGreaterThan(0);
});

test("what is no site's own may change every site", async () => {
  const { reports, run } = pullRequest((write) => write("README.md", "changed"));
  expect(await run()).toMatchObject({ code: 0 });
  expect(readdirSync(reports()).sort()).toEqual(["lab", "second"]);
});

test("the gravest of all sites is the end", async () => {
  const { run } = pullRequest((write) => {
    write("stacks/lab/site.yaml", labWith(["firm: { value: 2 MW,", "firm: { value: 1 MW,"]));
    write("stacks/second/site.yaml", labWith(["system: gb300-nvl72", "system: none"]));
  });
  expect(await run()).toMatchObject({ code: 3 });
});

test("the name of a folder is never code", async () => {
  const name = "$(touch made);`touch made`\n@org";
  const { root, reports, run } = pullRequest((write) => write(`stacks/${name}/site.yaml`, siteText("lab")));
  const { stderr, code } = await run();
  expect(code).toBe(3);
  expect(stderr).toMatch(/^a folder under stacks\/ is no name of a site: /);
  expect([existsSync(join(root, "made")), existsSync(reports())]).toEqual([false, false]);
});

test("the job reads only, has no secrets, and pins each action by its commit", () => {
  const text = readFileSync(join(ROOT, ".github", "workflows", "sites.yaml"), "utf8");
  const { on, permissions, jobs } = parse(text);
  expect({ on, permissions, jobs: Object.keys(jobs) }).toEqual({
    on: { pull_request: null },
    permissions: { contents: "read" },
    jobs: ["check"],
  });
  expect(text).not.toMatch(/secrets\.|pull_request_target|github\.(?:head_ref|token)|title/);
  const actions = jobs.check.steps.flatMap(({ uses }: { uses?: string }) => uses ?? []);
  expect(actions).toHaveLength(3);
  for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  const scripts = jobs.check.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  expect(scripts.join("\n")).not.toContain("${{");
});
