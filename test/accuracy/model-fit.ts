import {
  CONSTANT_TABLE,
  type ConstantName,
  type Constants,
  isFirstTokenConstant,
} from "../../components/serving/capacity/constant-table.ts";
import { latencyOf, type Prepared } from "../../components/serving/capacity/formula.ts";
import type { Latency } from "../../components/serving/capacity/load-point.ts";
import type { Run } from "../../components/serving/capacity/measured-runs.ts";
import { fitConstants, priors } from "./fit.ts";
import type { OfflineRun } from "./observations.ts";

const names = Object.keys(CONSTANT_TABLE) as ConstantName[];
const STEP_CONSTANTS = names.filter((name) => !isFirstTokenConstant(name));
const FIRST_TOKEN_CONSTANTS = names.filter(isFirstTokenConstant);
/** An offline row's batch is inferred, so that it counts half. */
const OFFLINE_WEIGHT = 0.5;

/** Steps first, on TPOT and offline throughput; then first tokens, with the steps held. */
export function fitModel(runs: readonly Run[], offline: readonly OfflineRun[]): Constants {
  const steps = runs.filter((run) => !run.starved);
  const firsts = runs.filter((run) => !run.firstTokenExcluded);
  const stepConstants = fitConstants(STEP_CONSTANTS, priors(), {
    of: (constants) =>
      Float64Array.from([
        ...steps.map((run) => tpotRatio(constants, run)),
        ...offline.map((run) => -throughputRatio(constants, run)),
      ]),
    weights: [...steps.map((run) => 1 / run.repeats), ...offline.map(() => OFFLINE_WEIGHT)],
    bend: 0.18,
    spread: 0.25,
  });
  return fitConstants(FIRST_TOKEN_CONSTANTS, stepConstants, {
    of: (constants) => Float64Array.from(firsts, (run) => ttftRatio(constants, run)),
    weights: firsts.map((run) => 1 / run.repeats),
    bend: 0.35,
    spread: 0.5,
  });
}

export function latency(constants: Constants, prepared: Prepared): Latency {
  const found = latencyOf(constants, prepared);
  if (found === null) throw new Error("a closed loop always has a latency");
  return found;
}

export const tpotRatio = (constants: Constants, run: Run): number =>
  Math.log(latency(constants, run.prepared).tpotSeconds / run.tpotSeconds);

const ttftRatio = (constants: Constants, run: Run): number =>
  Math.log(latency(constants, run.prepared).ttftSeconds / run.ttftSeconds);

/** A steady batch: first tokens do not count, prefills do. */
export const throughputRatio = (constants: Constants, run: OfflineRun): number =>
  Math.log(run.inFlight / latency(constants, run.prepared).tpotSeconds / run.tokensPerSecond);
