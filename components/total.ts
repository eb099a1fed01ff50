import { type Ratio, scaleUp, type Watts } from "./quantity.ts";

/** A sum of loads ≥ 0, some unknown: `known` is its floor, `missing` the site paths that would complete it. */
export interface Total {
  readonly known: Watts;
  readonly missing: readonly string[];
}

export interface Load {
  /** Where the load is stated: a site path or a catalog fact. */
  readonly of: string;
  readonly watts: Watts | null;
}

/** Adds loads; an unknown one leaves the total open and never counts as 0. */
export function total(loads: readonly Load[]): Total {
  const known = loads.reduce((sum, load) => sum + (load.watts ?? 0), 0) as Watts;
  return { known, missing: loads.filter((load) => load.watts === null).map((load) => load.of) };
}

/** A total scaled by a factor of at least 1 that may be unknown; the unscaled sum then stays as its floor. */
export function scaleTotal(value: Total, factor: Ratio | null, of: string): Total {
  return factor === null
    ? { known: value.known, missing: [...value.missing, of] }
    : { known: scaleUp(value.known, factor), missing: value.missing };
}

/** Adds counts; an unknown one leaves the sum unknown. */
export const addCounts = (counts: readonly (number | null)[]): number | null =>
  counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0);

/** Adds totals: the floors add up, what is missing stays missing. */
export function addTotals(totals: readonly Total[]): Total {
  return {
    known: totals.reduce((sum, each) => sum + each.known, 0) as Watts,
    missing: [...new Set(totals.flatMap((each) => each.missing))],
  };
}
