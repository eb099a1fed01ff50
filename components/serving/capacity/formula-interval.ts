import { calibrationGroup } from "./calibration.ts";
import type { Point } from "./point.ts";

/** Logarithms of measured over predicted between which 80 % of runs lie. */
export type Bounds = readonly [low: number, high: number];

/** Quantiles of the formula's errors on runs that it was not fitted to, 10 and 90 %, by what it was not fitted to. */
export interface FormulaIntervals {
  /** Other configurations of the model, GPU and engine were in the fit. */
  readonly fitted: Readonly<Record<ModelKind, Bounds>>;
  /** The model was in the fit, but not on this GPU and engine. */
  readonly newHardware: Bounds;
  /** The model was not in the fit. */
  readonly newModel: Bounds;
}

/** Within what was fitted, routed models scatter more than dense ones. */
export type ModelKind = "dense" | "routed";
export const modelKind = ({ architecture }: Pick<Point, "architecture">): ModelKind =>
  architecture.routed === null ? "dense" : "routed";

/** What the constants were fitted to. */
export interface FittedOn {
  /** Model × GPU × engine, as `calibrationGroup` names them. */
  readonly groups: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  readonly gpus: ReadonlySet<string>;
}

/** From the names of groups: model|GPU|engine. */
export function fittedOn(groups: Iterable<string>): FittedOn {
  const names = [...groups];
  const part = (index: number) => new Set(names.map((name) => name.split("|")[index] ?? ""));
  return { groups: new Set(names), models: part(0), gpus: part(1) };
}

/** The interval for what is known of a point. Where model and GPU are both new, the wider bound on each side. */
export function formulaInterval(intervals: FormulaIntervals, known: FittedOn, point: Point): Bounds {
  if (known.groups.has(calibrationGroup(point))) return intervals.fitted[modelKind(point)];
  const { newHardware, newModel } = intervals;
  if (known.models.has(point.model)) return newHardware;
  if (known.gpus.has(point.gpu.id)) return newModel;
  return [Math.min(newHardware[0], newModel[0]), Math.max(newHardware[1], newModel[1])];
}
