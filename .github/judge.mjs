// Judges the sites that differ from a base commit, or all where anything but a site differs. For each: a comment to the
// job's summary, SARIF, JUnit and JSON, and its manifests, below .millrace/<site>. Ends with the gravest exit code.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";

const [base = ""] = process.argv.slice(2);
const changed = execFileSync("git", ["diff", "--name-only", "-z", `${base}...HEAD`], { encoding: "utf8" })
  .split("\0")
  .filter(Boolean);
const all = readdirSync("stacks").filter((name) => existsSync(`stacks/${name}/site.yaml`));
const touched = new Set(changed.map((path) => /^stacks\/([a-z][a-z0-9-]*)\//.exec(path)?.[1]));
const sites = touched.has(undefined) ? all : all.filter((site) => touched.has(site));

let gravest = 0;
for (const site of sites) {
  mkdirSync(`.millrace/${site}`, { recursive: true });
  for (const [format, file] of [
    ["markdown", "comment.md"],
    ["sarif", "check.sarif"],
    ["junit", "check.xml"],
    ["json", "check.json"],
  ]) {
    const { status, stdout } = millrace("check", site, "--format", format);
    writeFileSync(`.millrace/${site}/${file}`, stdout);
    if (format === "markdown" && process.env.GITHUB_STEP_SUMMARY)
      appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${stdout}\n`);
    gravest = Math.max(gravest, status ?? 1);
  }
  millrace("render", site);
  console.log(`${site}: exit ${gravest}`);
}
process.exitCode = gravest;

/** @param {string[]} args */
function millrace(...args) {
  return spawnSync("node", ["cli/millrace.js", ...args], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}
