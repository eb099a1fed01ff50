import { errorStatistics } from "./statistics.ts";

export type Table = readonly (readonly string[])[];

const percent = (value: number): string => (value * 100).toFixed(1);

export const ERROR_HEAD = ["rows", "median APE %", "mean", "p90", "geometric ratio"];

/** Cells of one line of errors; `–` where there are no rows. */
export function errorCells(logRatios: readonly number[]): readonly string[] {
  const statistics = errorStatistics(logRatios);
  if (statistics === null) return ["0", "–", "–", "–", "–"];
  const { rows, medianApe, meanApe, p90Ape, ratio } = statistics;
  return [String(rows), percent(medianApe), percent(meanApe), percent(p90Ape), ratio.toFixed(2)];
}

export const share = (value: number): string => `${percent(value)} %`;

export function markdownTable([head = [], ...body]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...body.map(line)].join("\n");
}
