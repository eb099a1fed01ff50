import type { EndpointPlan, Plan } from "../../components/plan-types.ts";
import { showUsd, showWatts } from "../../components/quantity.ts";
import {
  type CapacityPlan,
  type Interval,
  leftWords,
  type MemoryPlan,
  type PredictedCapacity,
  WITHOUT_END_S,
} from "../../components/serving/capacity-plan.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Section } from "./plan-sections.ts";
import { type Table, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** What the endpoints carry and what their users see, each figure with the interval that it stands in. */
export function capacityTable({ capacity }: Plan): Table | null {
  if (capacity.length === 0) return null;
  return table(["endpoint", "", ">predicted", ">from", ">to"], capacity.flatMap(rowsOf));
}

function rowsOf({ endpoint, outcome }: CapacityPlan): readonly (readonly string[])[] {
  if (outcome.kind === "unknown") return [[endpoint, "its traffic, objective or a fact", "unknown", "", ""]];
  if (outcome.kind === "refused") return [[endpoint, "cannot be served so", "refused", "", ""]];
  const { outputTokensPerS, atPeak, usdPerMillionTokens, energy } = outcome;
  const usd = usdPerMillionTokens;
  return [
    [endpoint, "tokens/s within objective", ...figures(outputTokensPerS, showNumber)],
    ["", "first token, P95 at the peak", ...figures(atPeak?.timeToFirstTokenS ?? null, showTime)],
    ["", "between tokens, P95", ...figures(atPeak?.interTokenS ?? null, showTime)],
    ["", "$ a million tokens", ...(usd === null ? NOTHING : [usd.value, usd.low, usd.high].map(showUsd))],
    ["", "tokens/s a MW of the site", ...figures(energy.tokensPerSPerMwSite, showNumber)],
  ];
}

const NOTHING = ["unknown", "", ""];

const figures = (interval: Interval | null, show: (figure: number) => string): readonly string[] =>
  interval === null ? NOTHING : [interval.value, interval.low, interval.high].map(show);

/** Three significant digits. */
export const showNumber = (value: number): string => Number(value.toPrecision(3)).toLocaleString("en-US");
export const showTime = (seconds: number): string =>
  seconds >= WITHOUT_END_S ? "no end" : seconds >= 1 ? `${showNumber(seconds)} s` : `${showNumber(seconds * 1e3)} ms`;

/** Why the figures are what they are: one block an endpoint; nothing where there is none. */
export const capacityReasons = ({ capacity, endpoints }: Plan): readonly Section[] =>
  capacity.length === 0
    ? []
    : [
        {
          title: "Why the endpoints carry what they do",
          body: capacity
            .map((each) => {
              const endpoint = endpoints.find(({ id }) => id === each.endpoint);
              const lines = [
                ...why("precision", endpoint?.precisionWhy),
                ...why("replicas", endpoint?.replicasWhy),
                ...why("speculation", draftWords(endpoint?.speculation ?? null)),
                ...reasons(each),
              ];
              return `${each.endpoint}\n${lines.map(indented).join("\n")}`;
            })
            .join("\n\n"),
        },
      ];

const draftWords = (speculation: EndpointPlan["speculation"]): string | null =>
  speculation === null
    ? null
    : `${speculation.draftTokens} drafted by ${speculation.draft ?? "the model's own layers"}, ${speculation.acceptedTokens ?? "unknown"} tokens a step`;

const why = (field: string, told: string | null | undefined): readonly string[] =>
  told == null ? [] : [`${field}: ${told}`];

const indented = (line: string): string => wrap(`  ${inert(line, 400)}`, 4);

function reasons({ outcome }: CapacityPlan): readonly string[] {
  if (outcome.kind === "unknown") return [`not known: ${outcome.missing.join(", ")}`];
  if (outcome.kind === "refused") return [outcome.why];
  return [
    demandLine(outcome),
    `promised: first token ${showTime(outcome.objective.timeToFirstTokenS)}, between tokens ${showTime(outcome.objective.interTokenS)}, for 95 of a hundred`,
    ...outcome.memory.map(memoryLine),
    BASIS[outcome.basis],
    ...loadLines(outcome),
    ...energyLines(outcome),
    ...comparisonLines(outcome),
    ...(outcome.contradiction === null ? [] : [`contradicted: ${outcome.contradiction}`]),
  ];
}

export const BASIS: Readonly<Record<PredictedCapacity["basis"], string>> = {
  measured: "step time: this configuration was measured; the interval holds 80 % of such runs",
  calibrated: "step time: formula, moved by measured runs of the model on this GPU; the interval holds 80 % of them",
  formula:
    "step time: formula alone, no measured run of this model on this GPU; the interval holds 80 % of others' runs",
};

const demandLine = ({ demand }: PredictedCapacity): string =>
  `traffic: ${showNumber(demand.peakRequestsPerS)} requests/s at the peak, like ${demand.profile}: ${showNumber(demand.inputTokens)} tokens in, ` +
  `${showNumber(demand.outputTokens)} out on the mean, gaps of variation ${demand.burstiness}, ${showNumber(demand.prefixHitRate * 100)} % of prompts cached (${demand.source})`;

const memoryLine = (memory: MemoryPlan): string =>
  `memory${OF[memory.role]}: ${showGib(memory.weightsBytesPerGpu)} of weights a GPU leave ${showGib(memory.keyValueBytesPerGpu)} for ` +
  `${memory.keyValueTokens.toLocaleString("en-US")} tokens of KV cache a copy; the longest request has ${memory.longestRequestTokens.toLocaleString("en-US")}`;

const OF = { all: "", prefill: " for prompts", decode: " for answers" } as const;

const showGib = (bytes: number): string => `${showNumber(bytes / 2 ** 30)} GiB`;

function loadLines({ atPeak, unitLost }: PredictedCapacity): readonly string[] {
  const left = unitLost.operation;
  const lost = unitLost.unit === "rack" ? "a rack" : "an instance";
  return [
    atPeak === null
      ? "at the peak: requests pile up"
      : `at the peak: ${showNumber(atPeak.sequences)} sequences a copy; medians: first token ${showTime(atPeak.medianTimeToFirstTokenS)}, between tokens ${showTime(atPeak.medianInterTokenS)}`,
    left === null
      ? `with ${lost} lost: ${leftWords(unitLost)} are left, and requests pile up`
      : `with ${lost} lost: ${leftWords(unitLost)} are left; P95 first token ${showTime(left.timeToFirstTokenS.value)}, between tokens ${showTime(left.interTokenS.value)}`,
  ];
}

const energyLines = ({ energy, unitLost }: PredictedCapacity): readonly string[] => [
  `energy: ${energy.wattsPerGpu} W a GPU at this load${
    energy.itWatts === null ? "" : `, ${showWatts(energy.itWatts)} of IT with their share of the rack`
  }${
    energy.joulesPerOutputToken === null
      ? ""
      : `, ${showNumber(energy.joulesPerOutputToken.value)} J a token on the GPUs`
  }${unitLost.unit === "rack" ? "; feeds stay planned for the rack's TDP" : ""}`,
];

function comparisonLines({ comparison }: PredictedCapacity): readonly string[] {
  if (comparison === null) return [];
  const { metrics, tokenCosts } = comparison;
  return [
    "as Artificial Analysis counts, with as many requests of one length in flight as at the peak:",
    ...metrics.map(
      ({ promptTokens, outputTokensPerSecond, ttftSeconds, endToEndSeconds }) =>
        `  ${promptTokens.toLocaleString("en-US")} tokens in: ${showNumber(outputTokensPerSecond)} tokens/s a user, ` +
        `first token ${showTime(ttftSeconds)}, 500 tokens in ${showTime(endToEndSeconds)}`,
    ),
    tokenCosts === null
      ? "cost of input and output apart: unknown"
      : `cost of a million tokens by engine time: input ${showUsd(tokenCosts.input)}, output ${showUsd(tokenCosts.output)}, blended 3:1 ${showUsd(tokenCosts.blended)}`,
  ];
}
