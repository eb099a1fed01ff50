import { type Dimension, isDimension } from "../quantity.ts";
import { isPhaseState, type PhaseState } from "../site/phase-state.ts";
import { type Fields, ids, origin, quantityIn, words } from "./entry.ts";
import { CONCERNED, type Comparison, type Figure, type Gate, type Limit, type Measure, type Study } from "./gate.ts";

const COMPARISONS: readonly Comparison[] = ["atLeast", "atMost", "below"];
/** A limit that nobody publishes: what the parties agree on counts. */
const AGREED = "agreed";

/** A gate from its entry; a measure takes source, date and quality of its gate where it has none of its own. */
export function readGate(id: string, fields: Fields): Gate {
  const measures = Object.entries((fields.measures ?? {}) as Readonly<Record<string, Fields>>);
  const own = origin(id, fields);
  return {
    id,
    proves: words(id, fields, "proves"),
    neededFrom: stateIn(id, fields),
    after: ids(fields, "after"),
    shared: fields.shared === true,
    of: concerned(id, fields),
    measures: measures.map(([key, measure]) => readMeasure(`${id}/${key}`, key, { ...own, ...measure })),
    ...own,
  };
}

function concerned(id: string, fields: Fields): Gate["of"] {
  const of = fields.of === undefined ? "every site" : words(id, fields, "of");
  const known = CONCERNED.find((each) => each === of);
  if (known === undefined) throw new Error(`catalog gate ${id}: of ${of}, which is none of ${CONCERNED.join(", ")}`);
  return known;
}

export function readStudy(id: string, fields: Fields): Study {
  const parts = ids(fields, "parts");
  if (parts.length === 0) throw new Error(`catalog study ${id}: it rests on no part of the plan`);
  return { id, proves: words(id, fields, "proves"), neededFrom: stateIn(id, fields), parts, ...origin(id, fields) };
}

function stateIn(id: string, fields: Fields): PhaseState {
  const state = words(id, fields, "neededFrom");
  if (!isPhaseState(state)) throw new Error(`catalog entry ${id}: ${state} is no phase state`);
  return state;
}

function readMeasure(path: string, id: string, fields: Fields): Measure {
  const dimension = words(path, fields, "dimension");
  if (!isDimension(dimension)) throw new Error(`catalog gate ${path}: ${dimension} is no dimension`);
  const limits = COMPARISONS.filter((comparison) => comparison in fields).map((comparison) =>
    readLimit(path, comparison, dimension, fields[comparison]),
  );
  if (limits.length === 0) throw new Error(`catalog gate ${path}: no limit, and nobody to agree on one`);
  const published = figures(path, dimension, fields.published ?? {});
  return { id, what: words(path, fields, "what"), dimension, limits, published, ...origin(path, fields) };
}

function readLimit(path: string, comparison: Comparison, dimension: Dimension, written: unknown): Limit {
  if (written === AGREED) return { comparison, all: null, each: new Map() };
  return typeof written === "object"
    ? { comparison, all: null, each: figures(path, dimension, written) }
    : { comparison, all: figure(path, dimension, written), each: new Map() };
}

const figures = (path: string, dimension: Dimension, written: unknown): ReadonlyMap<string, Figure> =>
  new Map(Object.entries(written as Fields).map(([of, value]) => [of, figure(path, dimension, value)]));

const figure = (path: string, dimension: Dimension, written: unknown): Figure => ({
  written: String(written),
  value: Number(quantityIn(dimension, path, written)),
});
