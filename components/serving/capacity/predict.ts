import {
  type Calibration,
  calibration,
  calibrationGroup,
  type Deviation,
  TPOT_SPREAD,
  TTFT_SPREAD,
} from "./calibration.ts";
import type { Constants } from "./constant-table.ts";
import { ENGINES } from "./engine.ts";
import { latencyOf, type Prepared, prepare } from "./formula.ts";
import {
  type FittedOn,
  type FormulaIntervals,
  formulaInterval,
  type ModelKind,
  modelKind,
} from "./formula-interval.ts";
import { type Latency, outputTokensPerSecond } from "./load-point.ts";
import { gpusOf } from "./parallel.ts";
import type { Point } from "./point.ts";
import { wattsPerGpu } from "./power.ts";

/** What a prediction stands on: this configuration was run; near ones of the model, GPU and engine were; physics only. */
export type Basis = "measured" | "calibrated" | "formula";

export interface Prediction {
  readonly ttftSeconds: number;
  readonly tpotSeconds: number;
  /** Interval that holds 80 % of measured runs. */
  readonly tpotLowSeconds: number;
  readonly tpotHighSeconds: number;
  readonly outputTokensPerSecond: number;
  readonly wattsPerGpu: number;
  readonly basis: Basis;
}

export interface Answer {
  readonly weightsBytesPerGpu: number | null;
  readonly keyValueBytesPerGpu: number | null;
  /** Of the whole replica. */
  readonly maxSequences: number | null;
  readonly prediction: Prediction | null;
  /** Why there is no prediction, or what the reader must know of it. */
  readonly reason: string;
}

export interface Knowledge {
  readonly constants: Constants;
  readonly fittedOn: FittedOn;
  readonly intervals: FormulaIntervals;
  /** What the calibration's own deviation is multiplied by to cover 80 %. */
  readonly calibratedWidth: Readonly<Record<ModelKind, number>>;
  readonly deviations: readonly Deviation[];
}

export type Predictor = (point: Point) => Answer;

interface Group {
  readonly tpot: Calibration;
  readonly ttft: Calibration;
  readonly configurations: ReadonlySet<string>;
}

/** Evidence needed before a group moves the formula. */
const LEAST_RUNS = 3;

/** A predictor over measured runs and fitted constants. Groups are worked out when a point first asks for them. */
export function predictor(knowledge: Knowledge): Predictor {
  const byGroup = Map.groupBy(knowledge.deviations, (each) => calibrationGroup(each.point));
  const groups = new Map<string, Group | null>();
  const groupOf = (point: Point): Group | null => {
    const name = calibrationGroup(point);
    const known = groups.get(name);
    if (known !== undefined) return known;
    const runs = byGroup.get(name) ?? [];
    const group = runs.length < LEAST_RUNS ? null : groupFrom(runs);
    groups.set(name, group);
    return group;
  };
  return (point) => answer(point, knowledge, groupOf(point));
}

const groupFrom = (runs: readonly Deviation[]): Group => ({
  tpot: calibration(runs, ({ tpot }) => tpot, TPOT_SPREAD),
  ttft: calibration(runs, ({ ttft }) => ttft, TTFT_SPREAD),
  configurations: new Set(runs.map(({ point }) => configurationOf(point))),
});

const configurationOf = ({ precision, parallel, requests, load }: Point): string =>
  [
    precision.linear,
    precision.experts,
    ...Object.values(parallel),
    ...Object.values(requests),
    ...Object.values(load),
  ].join("|");

function answer(point: Point, knowledge: Knowledge, group: Group | null): Answer {
  const { inputTokens, outputTokens } = point.requests;
  const prepared = prepare(point);
  if (prepared === null) return refused(null, `${point.gpu.id} has no units that this precision is computed in`);
  if (inputTokens + outputTokens > point.architecture.maxContext) {
    return refused(prepared, `the model's context ends at ${point.architecture.maxContext} tokens`);
  }
  if (prepared.memory.keyValueBytesPerGpu <= 0) return refused(prepared, "the weights leave no room for a KV cache");
  if (prepared.maxSequences < 1) return refused(prepared, "not one sequence of this length fits in the KV cache");
  const formula = latencyOf(knowledge.constants, prepared);
  if (formula === null) return refused(prepared, "the offered rate is beyond what the replica sustains");
  return {
    ...memoryParts(prepared),
    prediction: predictionOf(prepared, formula, knowledge, group),
    reason: remarks(prepared, formula),
  };
}

const refused = (prepared: Prepared | null, reason: string): Answer => ({
  ...memoryParts(prepared),
  prediction: null,
  reason,
});

function memoryParts(prepared: Prepared | null) {
  if (prepared === null) return { weightsBytesPerGpu: null, keyValueBytesPerGpu: null, maxSequences: null };
  const { weightsBytesPerGpu, keyValueBytesPerGpu } = prepared.memory;
  return {
    weightsBytesPerGpu,
    keyValueBytesPerGpu,
    maxSequences: prepared.maxSequences * prepared.point.parallel.attentionData,
  };
}

function predictionOf(prepared: Prepared, formula: Latency, knowledge: Knowledge, group: Group | null): Prediction {
  const { point } = prepared;
  // Measured runs are plain closed loops: their deviations say nothing of caches found or of open arrivals.
  const calibrated = point.load.kind === "closed" && point.requests.prefixHitRate === 0 ? group : null;
  const { latency, low, high } =
    calibrated === null ? plain(formula, knowledge, point) : moved(formula, knowledge, calibrated, point);
  return {
    ttftSeconds: latency.ttftSeconds,
    tpotSeconds: latency.tpotSeconds,
    tpotLowSeconds: latency.tpotSeconds * Math.exp(low),
    tpotHighSeconds: latency.tpotSeconds * Math.exp(high),
    outputTokensPerSecond: throughput(point, latency),
    wattsPerGpu: wattsPerGpu(point.gpu.tdpWatts, formula.running),
    basis:
      calibrated === null
        ? "formula"
        : calibrated.configurations.has(configurationOf(point))
          ? "measured"
          : "calibrated",
  };
}

function plain(latency: Latency, { intervals, fittedOn }: Knowledge, point: Point) {
  const [low, high] = formulaInterval(intervals, fittedOn, point);
  return { latency, low, high };
}

function moved(formula: Latency, { calibratedWidth }: Knowledge, group: Group, point: Point) {
  const half = calibratedWidth[modelKind(point)] * group.tpot.deviation(point);
  const latency = {
    ...formula,
    tpotSeconds: formula.tpotSeconds * Math.exp(group.tpot.shift(point)),
    ttftSeconds: formula.ttftSeconds * Math.exp(group.ttft.shift(point)),
  };
  return { latency, low: -half, high: half };
}

/** An open loop serves what it is offered; a closed one as fast as its requests come back. */
const throughput = ({ load, requests }: Point, latency: Latency): number =>
  load.kind === "open"
    ? load.requestsPerSecond * requests.outputTokens
    : outputTokensPerSecond(load.concurrency, latency, requests.outputTokens);

export const outputTokensPerGpu = ({ parallel }: Point, { outputTokensPerSecond }: Prediction): number =>
  outputTokensPerSecond / gpusOf(parallel);

function remarks({ point, memory, maxSequences }: Prepared, { running }: Latency): string {
  const { load, parallel, engine } = point;
  const inFlight = load.kind === "closed" ? load.concurrency : running * parallel.attentionData;
  const waiting = Math.round(inFlight - running * parallel.attentionData);
  const whole = maxSequences * parallel.attentionData;
  const wait = waiting > 0 ? [`${waiting} requests wait for room in the KV cache`] : [];
  const preempted =
    ENGINES[engine].admission === "as needed" && inFlight > whole
      ? [`the KV cache holds ${whole} sequences at full length: the newest of more are preempted`]
      : [];
  const margin = memory.established ? [] : ["KV cache under 10 GiB: what fits is not established"];
  return [...wait, ...preempted, ...margin].join("; ");
}
