import { spawnSync } from "node:child_process";
import { ROOT } from "../support/sites.ts";

/**
 * Wall time of whole processes: `millrace plan independence-mo` against a Node that does nothing, in turn, so that the
 * ratio holds on a noisy machine. Run: npm run bench
 */
const RUNS = 15;
const wallMs = (args: readonly string[]): number => {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}`);
  return performance.now() - start;
};
const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

const subjects: Readonly<Record<string, readonly string[]>> = {
  "node -e 0": ["-e", "0"],
  "plan independence-mo": ["cli/millrace.js", "plan", "independence-mo"],
  "check independence-mo": ["cli/millrace.js", "check", "independence-mo"],
  "--help": ["cli/millrace.js", "--help"],
};
const times = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
for (let run = 0; run <= RUNS; run++) {
  for (const [name, args] of Object.entries(subjects)) {
    const wall = wallMs(args);
    if (run > 0) times.get(name)?.push(wall);
  }
}
const bare = median(times.get("node -e 0") ?? []);
for (const [name, walls] of times) {
  process.stdout.write(
    `${name.padEnd(24)} ${median(walls).toFixed(0).padStart(5)} ms   ${(median(walls) / bare).toFixed(1).padStart(4)} × a bare Node   (${RUNS} runs, ${Math.min(...walls).toFixed(0)} to ${Math.max(...walls).toFixed(0)} ms)\n`,
  );
}
