import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { table } from "../support/csv.ts";
import type { Predicted } from "./splits.ts";

export interface SideBySide {
  readonly asked: number;
  readonly refused: number;
  /** Processor time of one estimate, mean. */
  readonly cpuSeconds: number;
  readonly theirs: Errors;
  /** Ours on the rows that they answer, fitted without the model of each row. */
  readonly ours: Errors;
}
interface Errors {
  readonly tpot: readonly number[];
  readonly ttft: readonly number[];
}

/** aiconfigurator's estimates beside ours on the same runs; how they were made: aiconfigurator-estimates.py. */
export function sideBySide(runs: readonly Run[], leftOut: readonly Predicted[]): SideBySide {
  const rows = table("aiconfigurator-estimates.csv");
  const ours = new Map(leftOut.map((predicted) => [predicted.run, predicted]));
  const answered = rows.flatMap((row) => {
    const run = runs[Number(row.run)];
    const predicted = run && ours.get(run);
    return row.refused !== "" || run === undefined || predicted === undefined ? [] : [{ row, run, predicted }];
  });
  const firsts = answered.filter(({ run }) => !run.firstTokenExcluded);
  return {
    asked: rows.length,
    refused: rows.filter(({ refused }) => refused !== "").length,
    cpuSeconds: rows.reduce((sum, { cpu_seconds }) => sum + Number(cpu_seconds), 0) / rows.length,
    theirs: {
      tpot: answered.map(({ row, run }) => Math.log(Number(row.tpot_ms) / 1e3 / run.tpotSeconds)),
      ttft: firsts.map(({ row, run }) => Math.log(Number(row.ttft_ms) / 1e3 / run.ttftSeconds)),
    },
    ours: {
      tpot: answered.map(({ predicted }) => predicted.tpot),
      ttft: firsts.flatMap(({ predicted }) => (predicted.ttft === null ? [] : [predicted.ttft])),
    },
  };
}
