import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Plan } from "../../components/plan-types.ts";
import type { LedgerRow } from "../../components/power/power-types.ts";

/** The ledger as an SVG chart: load at the meter against contracted and firm supply, quarter by quarter. */
export async function ledgerChart(plan: Plan): Promise<string | null> {
  const rows = plan.ledger.flatMap(points);
  if (rows.length === 0) return null;
  const view = new View(parse(compile(chart(rows)).spec), { renderer: "none" });
  return view.toSVG();
}

interface Point {
  readonly quarter: string;
  readonly series: string;
  readonly mw: number | null;
  readonly known: "whole" | "at least: part is unknown";
}

const SERIES = { meter: "at the meter", contracted: "contracted", firm: "firm" } as const;

/** What is not known at all has no point; a sum that lacks something is drawn as the floor that it is. */
const points = (row: LedgerRow): readonly Point[] =>
  (Object.keys(SERIES) as (keyof typeof SERIES)[]).map((key) => {
    const { known, missing } = row[key];
    const floor = missing.length > 0;
    return {
      quarter: row.quarter,
      series: SERIES[key],
      mw: floor && known === 0 ? null : known / 1e6,
      known: floor ? "at least: part is unknown" : "whole",
    };
  });

const chart = (values: readonly Point[]): TopLevelSpec => ({
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  width: 640,
  height: 240,
  background: "transparent",
  config: { legend: { labelLimit: 300 } },
  data: { values: [...values] },
  encoding: {
    x: { field: "quarter", type: "ordinal", title: null, axis: { labelAngle: -45 } },
    y: { field: "mw", type: "quantitative", title: "MW" },
    color: {
      field: "series",
      type: "nominal",
      title: null,
      scale: { domain: Object.values(SERIES), range: ["#1f77b4", "#999999", "#2e7d32"] },
    },
  },
  layer: [
    { mark: { type: "line", interpolate: "step-after", strokeWidth: 2 } },
    {
      mark: { type: "point", size: 40 },
      encoding: {
        shape: {
          field: "known",
          type: "nominal",
          title: null,
          scale: { domain: ["whole", "at least: part is unknown"], range: ["circle", "triangle-up"] },
        },
      },
    },
  ],
});
