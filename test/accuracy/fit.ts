import { CONSTANT_TABLE, type ConstantName, type Constants } from "../../components/serving/capacity/constant-table.ts";

/** Logarithms of predicted over measured, one a row, and what each weighs. */
export interface Residuals {
  readonly of: (constants: Constants) => Float64Array;
  readonly weights: readonly number[];
  /** Residual beyond which a row pulls linearly only, and the spread of a good row. */
  readonly bend: number;
  readonly spread: number;
}

const STEP = 0.02;
const FURTHEST = 4;

/**
 * Fits the named constants by Levenberg and Marquardt: pseudo-Huber loss on log ratios, log-normal priors. It starts
 * from `start` and has no randomness, so that the same rows give the same constants.
 */
export function fitConstants(names: readonly ConstantName[], start: Constants, residuals: Residuals): Constants {
  const at = (x: Float64Array): Constants => {
    const moved = Object.fromEntries(names.map((name, index) => [name, valueAt(name, x[index] ?? 0)]));
    return { ...start, ...moved } as Constants;
  };
  let x = new Float64Array(names.length);
  let r = residuals.of(at(x));
  let best = cost(r, x, residuals);
  let damping = 1e-2;
  for (let round = 0; round < 30; round += 1) {
    const columns = names.map((_, index) => slope(index, x, r, (y) => residuals.of(at(y))));
    const { matrix, gradient } = normalEquations(columns, r, x, residuals);
    let gained = 0;
    for (let attempt = 0; attempt < 8 && gained === 0; attempt += 1) {
      const move = solve(damped(matrix, damping), gradient);
      const next = x.map((value, index) => Math.max(-FURTHEST, Math.min(FURTHEST, value - (move[index] ?? 0))));
      const nextResiduals = residuals.of(at(next));
      const nextCost = cost(nextResiduals, next, residuals);
      if (nextCost < best) {
        gained = best - nextCost;
        [x, r, best] = [next, nextResiduals, nextCost];
        damping = Math.max(1e-6, damping / 5);
      } else damping *= 5;
    }
    if (gained < 1e-4) break;
  }
  return at(x);
}

const valueAt = (name: ConstantName, deviations: number): number => {
  const { prior, spread } = CONSTANT_TABLE[name];
  return prior * Math.exp(deviations * spread);
};

export const priors = (): Constants =>
  Object.fromEntries(Object.entries(CONSTANT_TABLE).map(([name, { prior }]) => [name, prior])) as Constants;

function cost(r: Float64Array, x: Float64Array, { weights, bend, spread }: Residuals): number {
  let sum = 0;
  r.forEach((value, row) => {
    sum += (weights[row] ?? 0) * 2 * bend * bend * (Math.sqrt(1 + (value / bend) ** 2) - 1);
  });
  sum /= spread * spread;
  for (const value of x) sum += value * value;
  return sum;
}

function slope(index: number, x: Float64Array, r: Float64Array, of: (y: Float64Array) => Float64Array): Float64Array {
  const y = x.slice();
  y[index] = (y[index] ?? 0) + STEP;
  return of(y).map((value, row) => (value - (r[row] ?? 0)) / STEP);
}

function normalEquations(columns: readonly Float64Array[], r: Float64Array, x: Float64Array, residuals: Residuals) {
  const { weights, bend, spread } = residuals;
  const pull = r.map((value, row) => (weights[row] ?? 0) / Math.sqrt(1 + (value / bend) ** 2) / (spread * spread));
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < a.length; row += 1) sum += (pull[row] ?? 0) * (a[row] ?? 0) * (b[row] ?? 0);
    return sum;
  };
  const matrix = columns.map((a, i) => columns.map((b, j) => dot(a, b) + (i === j ? 1 : 0)));
  const gradient = columns.map((a, i) => dot(a, r) + (x[i] ?? 0));
  return { matrix, gradient };
}

const damped = (matrix: readonly (readonly number[])[], damping: number): number[][] =>
  matrix.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value)));

/** Gaussian elimination; the matrix is positive definite through its priors. */
function solve(matrix: readonly number[][], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  rows.forEach((pivotRow, pivot) => {
    for (const row of rows.slice(pivot + 1)) {
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1);
      for (let column = pivot; column < row.length; column += 1) {
        row[column] = (row[column] ?? 0) - factor * (pivotRow[column] ?? 0);
      }
    }
  });
  const solution: number[] = new Array(rows.length).fill(0);
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] ?? [];
    let sum = row.at(-1) ?? 0;
    for (let column = index + 1; column < rows.length; column += 1) sum -= (row[column] ?? 0) * (solution[column] ?? 0);
    solution[index] = sum / (row[index] ?? 1);
  }
  return solution;
}
