import { Document, isCollection } from "yaml";
import type { TrafficStatistics } from "../../components/serving/traffic/statistics.ts";
import { inert } from "../../components/site/show-fault.ts";
import { showNumber } from "./capacity-text.ts";
import { inertJson } from "./inert-json.ts";
import { drawTable } from "./table.ts";

export interface ToldTraffic {
  readonly file: string;
  readonly statistics: TrafficStatistics;
}

/** `traffic --format json`: one document, as cli/schemas/traffic.schema.json describes it. */
export const trafficJson = ({ file, statistics }: ToldTraffic): string =>
  inertJson(JSON.stringify({ apiVersion: "millrace/traffic/v1", file, ...statistics }, null, 2));

/** What a trace says, and the blueprint's lines of it. */
export function trafficText({ file, statistics }: ToldTraffic): string {
  return [
    `${inert(file)}: ${count(statistics.requests)} requests${statistics.requestsPerS === null ? ", all at one moment" : ` in ${duration(statistics.durationS)}`}`,
    ...ratesOf(statistics),
    lengthsOf(statistics),
    ...hoursOf(statistics),
    `To plan with it, under the endpoint:\n${blueprintOf(file, statistics)}`,
  ].join("\n\n");
}

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

function duration(seconds: number): string {
  if (seconds < 300) return `${showNumber(seconds)} s`;
  return seconds < 7_200 ? `${showNumber(seconds / 60)} minutes` : `${showNumber(seconds / 3_600)} hours`;
}

function ratesOf({ requestsPerS, burstiness, peakToMean }: TrafficStatistics): readonly string[] {
  if (requestsPerS === null || peakToMean === null) return [];
  const row = (what: string, times: number) => [what, showNumber(requestsPerS * times), `${showNumber(times)}×`];
  return [
    `${drawTable(
      ["requests", ">a second", ">over mean"],
      [
        row("on the mean", 1),
        row("busiest second", peakToMean.second),
        row("busiest minute", peakToMean.minute),
        row("busiest ten minutes", peakToMean.tenMinutes),
      ],
    )}\n  gaps between them vary by ${showNumber(burstiness ?? 0)} of their mean (1: as at random)`,
  ];
}

const lengthsOf = ({ input, output }: TrafficStatistics): string =>
  drawTable(
    ["tokens", ">mean", ">P50", ">P90", ">P99", ">most"],
    [
      ["prompts", ...[input.mean, input.p50, input.p90, input.p99, input.max].map(count)],
      ["answers", ...[output.mean, output.p50, output.p90, output.p99, output.max].map(count)],
    ],
  );

const BAR = 40;

/** A bar an hour, the busiest the longest. */
function hoursOf({ hours }: TrafficStatistics): readonly string[] {
  if (hours === null) return [];
  const most = Math.max(...hours);
  const rows = hours.map((times, hour) => [
    `${String(hour).padStart(2, "0")}:00`,
    `${showNumber(times)}×`,
    "█".repeat(Math.round((times / most) * BAR)),
  ]);
  return [drawTable(["UTC", ">over mean", ""], rows)];
}

/** As it stands in a blueprint, six blanks in. */
function blueprintOf(file: string, statistics: TrafficStatistics): string {
  const { requestsPerS, burstiness, peakToMean, input, output } = statistics;
  const source = `${file}: ${count(statistics.requests)} requests`;
  const peak = requestsPerS === null || peakToMean === null ? null : requestsPerS * peakToMean.minute;
  const document = new Document({
    traffic: {
      trace: { source, burstiness: rounded(burstiness ?? 1), input: tokens(input), output: tokens(output) },
      peak: {
        value: peak === null ? "unknown" : `${rounded(peak)} /s`,
        source: peak === null ? source : `busiest minute of ${source}`,
      },
      prefixHitRate: { value: "0 %", assumed: true, source: "no credit: what prompts share is not counted" },
    },
  });
  for (const path of ON_A_LINE) {
    const node = document.getIn(["traffic", ...path]);
    if (isCollection(node)) node.flow = true;
  }
  return document.toString({ lineWidth: 0 }).trimEnd().replaceAll(/^/gm, "      ");
}

const ON_A_LINE = [["trace", "input"], ["trace", "output"], ["peak"], ["prefixHitRate"]];

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Whole tokens: quantiles between two requests go up, so that they stay in order. */
const tokens = ({ mean, p50, p90, p99, max }: TrafficStatistics["input"]) => ({
  mean: Math.max(1, rounded(mean)),
  ...Object.fromEntries(
    Object.entries({ p50, p90, p99, max }).map(([name, value]) => [name, Math.max(1, Math.ceil(value))]),
  ),
});
