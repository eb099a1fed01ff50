import { MONTH_MS, type Point } from "./point.ts";

/** A measured run against the formula: logarithms of measured over predicted. TTFT is null where the row is no evidence. */
export interface Deviation {
  readonly point: Point;
  readonly tpot: number;
  readonly ttft: number | null;
}

export interface Calibration {
  /** Logarithm by which the formula is to be moved. */
  readonly shift: (point: Point) => number;
  /** Standard deviation that is left. */
  readonly deviation: (point: Point) => number;
}

/** Prior spread of the deviations of a group: common to all its runs, and varying between them; and noise of one run. */
export interface Spread {
  readonly common: number;
  readonly varying: number;
  readonly noise: number;
}
export const TPOT_SPREAD: Spread = { common: 0.03, varying: 0.15, noise: 0.05 };
export const TTFT_SPREAD: Spread = { common: 0.1, varying: 0.3, noise: 0.12 };

/** Runs that speak for one another: the same model, GPU and engine. */
export const calibrationGroup = ({ model, gpu, engine }: Point): string => `${model}|${gpu.id}|${engine}`;

/** Distances at which two runs have half forgotten one another, in octaves and months. */
const OCTAVES = { concurrency: 2.5, inputTokens: 2, outputTokens: 3, tensor: 1.5 };
const MONTHS = 2;
/** Squared distance that another precision, attention layout, expert layout or release adds. */
const OTHER = { precision: 1, attention: 1, experts: 0.3, version: 0.5 };

interface Place {
  readonly axes: Float64Array;
  readonly point: Point;
}

function placeOf(point: Point): Place {
  const { load, requests, parallel, measured } = point;
  const axes = Float64Array.of(
    Math.log2(load.kind === "closed" ? load.concurrency : 1) / OCTAVES.concurrency,
    Math.log2(requests.inputTokens) / OCTAVES.inputTokens,
    Math.log2(requests.outputTokens) / OCTAVES.outputTokens,
    Math.log2(parallel.tensor) / OCTAVES.tensor,
    Date.parse(measured) / MONTH_MS / MONTHS,
  );
  return { point, axes };
}

function likeness(a: Place, b: Place): number {
  let square = 0;
  for (let axis = 0; axis < a.axes.length; axis += 1) {
    const apart = (a.axes[axis] ?? 0) - (b.axes[axis] ?? 0);
    // A run of no known day is as near to one as to another.
    if (!Number.isNaN(apart)) square += apart * apart;
  }
  const [p, q] = [a.point, b.point];
  if (p.precision.linear !== q.precision.linear || p.precision.experts !== q.precision.experts)
    square += OTHER.precision;
  if (p.parallel.attentionData !== q.parallel.attentionData) square += OTHER.attention;
  if (p.parallel.expert !== q.parallel.expert) square += OTHER.experts;
  if (p.version !== "" && q.version !== "" && p.version !== q.version) square += OTHER.version;
  return Math.exp(-square / 2);
}

/**
 * Interpolates the formula's deviations between the runs of a group: the mean of a Gaussian process with a common part
 * and one that fades with distance. Far from all runs it falls back to what they share, and its deviation grows.
 */
export function calibration(
  deviations: readonly Deviation[],
  value: (each: Deviation) => number | null,
  spread: Spread,
): Calibration {
  const known = deviations.filter((each) => value(each) !== null);
  const places = known.map(({ point }) => placeOf(point));
  const [common, varying, noise] = [spread.common ** 2, spread.varying ** 2, spread.noise ** 2];
  const covariances = (place: Place): Float64Array =>
    filled(places, (other) => common + varying * likeness(place, other));
  const inverse = inverted(places.map((place, i) => covariances(place).map((each, j) => each + (i === j ? noise : 0))));
  const residuals = filled(known, (each) => value(each) ?? 0);
  const weights = filled(inverse, (row) => product(row, residuals));
  const nearOf = lastRemembered((point: Point) => covariances(placeOf(point)));
  return {
    shift: (point) => product(nearOf(point), weights),
    deviation: (point) => {
      const near = nearOf(point);
      let explained = 0;
      for (let i = 0; i < near.length; i += 1) explained += (near[i] ?? 0) * product(inverse[i] ?? near, near);
      return Math.sqrt(Math.max(0, common + varying - explained) + noise);
    },
  };
}

/** A prediction asks for the shift and the deviation of one point after another. */
function lastRemembered<In, Out>(answer: (asked: In) => Out): (asked: In) => Out {
  let last: { readonly asked: In; readonly answered: Out } | null = null;
  return (asked) => {
    if (last === null || last.asked !== asked) last = { asked, answered: answer(asked) };
    return last.answered;
  };
}

/** A row of numbers; Float64Array.from is several times slower. */
function filled<T>(values: readonly T[], number: (value: T) => number): Float64Array {
  const row = new Float64Array(values.length);
  values.forEach((value, index) => {
    row[index] = number(value);
  });
  return row;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** Inverse of a symmetric positive definite matrix, by Gauss and Jordan. */
function inverted(matrix: readonly Float64Array[]): readonly Float64Array[] {
  const size = matrix.length;
  const rows = matrix.map((row, i) =>
    Float64Array.from({ length: 2 * size }, (_, j) => row[j] ?? Number(j === size + i)),
  );
  rows.forEach((pivotRow, pivot) => {
    const scale = pivotRow[pivot] ?? 1;
    for (let column = 0; column < 2 * size; column += 1) pivotRow[column] = (pivotRow[column] ?? 0) / scale;
    rows.forEach((row, index) => {
      const factor = row[pivot] ?? 0;
      if (index === pivot || factor === 0) return;
      for (let column = 0; column < 2 * size; column += 1) {
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
      }
    });
  });
  return rows.map((row) => row.slice(size));
}
