import type { Fault } from "../fault.ts";
import { select } from "../select.ts";

const RISING = ["p50", "p90", "p99", "max"] as const;

/** Traffic has one shape, a catalog trace's or its own, and lengths that rise from the median to the longest. */
export const trafficFaults = (root: unknown): readonly Fault[] =>
  select(root, "serving.endpoints[].traffic").found.flatMap(({ value, path }) => {
    const has = (key: string): boolean => select(value, key).found.length > 0;
    if (has("profile") === has("trace")) return [notOne(path, has("profile"))];
    return ["trace.input", "trace.output"].flatMap((side) =>
      select(value, side).found.flatMap((lengths) => fallingIn(lengths.value, `${path}.${side}`)),
    );
  });

const notOne = (path: string, both: boolean): Fault => ({
  path: both ? `${path}.trace` : path,
  problem: both ? "two shapes of one traffic" : "traffic without a shape",
  got: both ? "profile and trace" : "neither profile nor trace",
  allowed: "a profile of the catalog, or a trace of your own",
  fix: both ? "delete one of the two" : "name a profile, or enter what `millrace traffic <file>` writes",
});

function fallingIn(lengths: unknown, path: string): readonly Fault[] {
  const figure = (key: string): number | null => {
    const value = select(lengths, key).found[0]?.value;
    return typeof value === "number" ? value : null;
  };
  const falling = RISING.slice(1).flatMap((key, index) => {
    const before = RISING[index] ?? "p50";
    return isAbove(figure(before), figure(key))
      ? [fault(`${path}.${key}`, `${figure(key)}, ${before} ${figure(before)}`, before)]
      : [];
  });
  return isAbove(figure("mean"), figure("max"))
    ? [...falling, fault(`${path}.max`, `${figure("max")}, mean ${figure("mean")}`, "mean")]
    : falling;
}

const isAbove = (left: number | null, right: number | null): boolean => left !== null && right !== null && left > right;

const fault = (path: string, got: string, before: string): Fault => ({
  path,
  problem: "lengths fall",
  got,
  allowed: `at least ${before}`,
  fix: "enter the quantiles as the trace has them",
});
