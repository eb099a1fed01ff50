import type { Constants } from "./constant-table.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import { closedLoop, type Latency, openLoop, type Setting } from "./load-point.ts";
import { type Memory, maxSequences, memoryOf } from "./memory.ts";
import { MONTH_MS, type Point } from "./point.ts";
import { speculationOf } from "./recorded-speculation.ts";

/** A point with everything that does not hang on a constant: worked out once, evaluated many times in a fit. */
export interface Prepared {
  readonly point: Point;
  readonly memory: Memory;
  readonly deployment: Deployment;
  readonly maxSequences: number;
  readonly months: number;
}

const FIRST_RUNS = Date.parse("2025-10-29");
/** The newest measured runs are of March 2026: how engines went on from there is not known. */
const KNOWN_MONTHS = 5;

/** `null`: the GPU cannot compute in the point's precision. */
export function prepare(point: Point): Prepared | null {
  const deployment = deploymentOf(point);
  if (deployment === null) return null;
  const memory = memoryOf(point);
  const { inputTokens, outputTokens } = point.requests;
  return {
    point,
    memory,
    deployment,
    maxSequences: maxSequences(memory, inputTokens + outputTokens),
    months: months(point),
  };
}

function months({ measured }: Point): number {
  const day = Date.parse(measured);
  return Number.isNaN(day) ? KNOWN_MONTHS : Math.min(KNOWN_MONTHS, Math.max(0, (day - FIRST_RUNS) / MONTH_MS));
}

/** The formula's latencies; `null` where an offered rate is beyond the replica. */
export function latencyOf(constants: Constants, prepared: Prepared): Latency | null {
  const { point, deployment } = prepared;
  const { engine, version, measured, load } = point;
  const { draftLayers } = point.architecture;
  const setting: Setting = {
    requests: point.requests,
    speculation: speculationOf(constants, point.speculation, { engine, version, measured, draftLayers }),
    maxSequences: prepared.maxSequences,
    months: prepared.months,
  };
  return load.kind === "closed"
    ? closedLoop(constants, deployment, setting, load.concurrency / point.parallel.attentionData)
    : openLoop(constants, deployment, setting, load.requestsPerSecond);
}
