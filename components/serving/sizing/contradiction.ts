import { latencyOf, prepare } from "../capacity/formula.ts";
import type { Configuration, Point } from "../capacity/point.ts";
import type { Knowledge } from "../capacity/predict.ts";
import type { Work } from "./service-model.ts";

/** The same configuration measured twice differs by 30 % in the median: a run within that proves nothing. */
const NOISE = 1.3;

/**
 * A measured run of the same model, GPU, engine, format and widths that is slower per token than promised, beyond the
 * noise of such runs, though it carries no more sequences and no longer requests. Null where there is none.
 */
export function contradiction(
  configuration: Configuration,
  work: Work,
  sequences: number,
  interTokenS: number,
  { constants, deviations }: Knowledge,
): string | null {
  for (const { point, tpot } of deviations) {
    if (!isLighter(point, configuration, work, sequences)) continue;
    const prepared = prepare(point);
    const formula = prepared === null ? null : latencyOf(constants, prepared);
    const measuredS = formula === null ? 0 : formula.tpotSeconds * Math.exp(tpot);
    if (measuredS > interTokenS * NOISE) return described(point, measuredS);
  }
  return null;
}

function isLighter(point: Point, configuration: Configuration, work: Work, sequences: number): boolean {
  const { requests, load, parallel, precision } = point;
  return (
    point.model === configuration.model &&
    point.gpu.id === configuration.gpu.id &&
    point.engine === configuration.engine &&
    precision.linear === configuration.precision.linear &&
    precision.experts === configuration.precision.experts &&
    JSON.stringify(parallel) === JSON.stringify(configuration.parallel) &&
    load.kind === "closed" &&
    load.concurrency <= sequences &&
    requests.inputTokens <= work.inputTokens
  );
}

function described({ measured, requests, load }: Point, measuredS: number): string {
  const concurrency = load.kind === "closed" ? load.concurrency : 0;
  const lengths = `${requests.inputTokens} in, ${requests.outputTokens} out`;
  return `a run of ${measured} with ${concurrency} requests in flight (${lengths}) took ${(measuredS * 1e3).toFixed(1)} ms a token`;
}
