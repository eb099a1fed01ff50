// How long the plan of a gigawatt campus takes, Node's start included, beside a Node that does nothing.
import { spawnSync } from "node:child_process";
import { ROOT } from "../support/sites.ts";

const RUNS = 15;
const CALLS = {
  "node -e 0": ["-e", "0"],
  "millrace plan independence-mo": ["cli/millrace.js", "plan", "independence-mo"],
} as const;

// The runs alternate, so that whatever else the machine does weighs on both alike; the first of each fills the caches.
const times = Object.keys(CALLS).map(() => [] as number[]);
for (let run = 0; run <= RUNS; run++) {
  for (const [index, args] of Object.values(CALLS).entries()) {
    const milliseconds = timed(args);
    if (run > 0) times[index]?.push(milliseconds);
  }
}

const medians = times.map(median);
for (const [index, call] of Object.keys(CALLS).entries()) {
  const all = times[index] ?? [];
  console.log(
    `${call.padEnd(30)} median ${shown(medians[index])}, fastest ${shown(Math.min(...all))}, slowest ${shown(Math.max(...all))}`,
  );
}
console.log(`ratio ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(1)} over ${RUNS} runs`);

function timed(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function shown(milliseconds: number | undefined): string {
  return `${(milliseconds ?? 0).toFixed(0)} ms`;
}
