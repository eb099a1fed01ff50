import { showUsd } from "../../components/quantity.ts";
import type {
  BuildableCopies,
  Judged,
  Optimization,
  Refusal,
  Sized,
  Sizing,
} from "../../components/serving/sizing/sizing-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { BASIS, showNumber, showTime } from "./capacity-text.ts";
import { showCount } from "./shown.ts";
import { drawTable } from "./table.ts";
import { wrap } from "./wrap.ts";

/** The sizing of endpoints as text of at most 80 columns: what nothing beats, what each optimization buys, why the rest not. */
export const sizeText = (sizings: readonly Sizing[]): string => sizings.map(endpointText).join("\n\n\n");

function endpointText({ endpoint, outcome }: Sizing): string {
  if (outcome.kind === "unknown") return wrap(`${endpoint}: not known: ${outcome.missing.join(", ")}`, 2);
  const { judged, optimizations } = outcome;
  const front = judged.flatMap((each) => (each.kind === "front" ? [each] : []));
  return [
    head(endpoint, outcome),
    front.length === 0
      ? "Nothing keeps the objective on these GPUs"
      : `What nothing beats in GPUs, watts and gap between tokens, at the peak\n${frontTable(front)}`,
    ...bases(front),
    ...builds(outcome),
    `What each optimization buys here: tokens/s of a GPU within the objective\n${optimizationTable(optimizations)}`,
    ...remarks(optimizations),
    ...stepTable(optimizations),
    `Why not the others\n${refusals(judged, outcome)}`,
  ].join("\n\n");
}

function head(endpoint: string, { model, gpu, unit, pool, gpusToHave, demand, objective }: Sized): string {
  return wrap(
    `${endpoint}: ${model} on ${gpu}; pool ${pool} has ${showCount(gpusToHave)} GPUs to give. ` +
      `${showNumber(demand.peakRequestsPerS)} requests/s at the peak, like ${demand.profile}: ${showNumber(demand.inputTokens)} tokens in, ` +
      `${showNumber(demand.outputTokens)} out. For 95 of a hundred: first token within ${showTime(objective.timeToFirstTokenS)}, ` +
      `gaps within ${showTime(objective.interTokenS)}, at the slow end of the interval and with ${unit === "rack" ? "a rack" : "an instance"} lost.`,
    2,
  );
}

type Front = Extract<Judged, { kind: "front" }>;

const frontTable = (front: readonly Front[]): string =>
  drawTable(
    ["configuration", ">copies", ">GPUs", ">$/M tok", ">tok/s/MW", ">first", ">gap", ">batch"],
    front.map(({ candidate, feasible }) => [
      candidate.id,
      feasible.fleets.map(({ copies }) => showCount(copies)).join("+"),
      showCount(feasible.gpus),
      feasible.usdPerMillionTokens === null ? "unknown" : showUsd(feasible.usdPerMillionTokens),
      feasible.tokensPerSPerMwSite === null ? "unknown" : showNumber(feasible.tokensPerSPerMwSite),
      showTime(feasible.timeToFirstTokenS.value),
      showTime(feasible.interTokenS.value),
      showCount(Math.max(1, Math.round(feasible.sequences))),
    ]),
  );

/** What the step times stand on. */
const bases = (front: readonly Front[]): readonly string[] =>
  [...new Set(front.map(({ feasible }) => BASIS[feasible.basis]))].map((basis) => wrap(`  ${basis}`, 4));

/** The blueprint of the fewest GPUs. */
function builds({ buildable, unit }: Sized): readonly string[] {
  if (buildable === null) return [];
  const { id, format, gpus, usdPerMillionTokens, copies } = buildable;
  const cost = usdPerMillionTokens === null ? "" : `, ${showUsd(usdPerMillionTokens)} a million tokens`;
  return [
    [
      wrap(`To build ${id}: ${showCount(gpus)} GPUs${cost}`, 2),
      `  precision: ${format}`,
      ...copies.flatMap((each) => fieldsOf(each, unit === "rack" ? "a rack" : "an instance")),
    ].join("\n"),
  ];
}

/** As they stand under the endpoint; those of prompts in a block of their own. */
function fieldsOf(
  { role, replicas, needed, nodesPerReplica, gpusPerNode, spread }: BuildableCopies,
  unit: string,
): readonly string[] {
  const fields = [
    `replicas: ${replicas} # ${needed} for the peak, ${replicas - needed} for the loss of ${unit}`,
    `nodesPerReplica: ${nodesPerReplica}`,
    `gpusPerNode: ${gpusPerNode}`,
    ...(spread === "tensor" ? [] : [`spread: ${spread}`]),
  ];
  return role === "prefill"
    ? ["  prefill:", ...fields.map((field) => `    ${field}`)]
    : fields.map((field) => `  ${field}`);
}

type Given = Extract<Optimization["outcome"], { kind: "gives" }>;

function optimizationTable(optimizations: readonly Optimization[]): string {
  return drawTable(
    ["", "on", ">tok/s", ">from", ">to", ">$/M tok", ">gain"],
    optimizations.map(({ id, outcome }) =>
      outcome.kind === "refused" ? [NAMES[id], "refused", "", "", "", "", ""] : [NAMES[id], ...given(outcome)],
    ),
  );
}

const given = ({
  on,
  tokensPerSPerGpu: { low, value, high },
  usdPerMillionTokens,
  times,
}: Given): readonly string[] => [
  on,
  ...[value, low, high].map(showNumber),
  usdPerMillionTokens === null ? "unknown" : showUsd(usdPerMillionTokens),
  showTimes(times),
];

/** Where the gain of a format goes: weights bound a step of few sequences, products one of many. */
function stepTable(optimizations: readonly Optimization[]): readonly string[] {
  const steps = optimizations.flatMap(({ id, outcome }) =>
    outcome.kind === "gives" && outcome.step !== null && id !== "bf16" ? [{ id, ...outcome.step }] : [],
  );
  if (steps.length === 0) return [];
  const drawn = drawTable(
    ["", ">at one sequence", ">fully loaded", ">sequences then", ">gone from"],
    steps.map(({ id, atOneSequence, atSequences, goneFrom }) => [
      NAMES[id],
      showTimes(atOneSequence),
      showTimes(atSequences.times),
      showCount(atSequences.sequences),
      goneFrom === null ? "" : showCount(goneFrom),
    ]),
  );
  return [`How much faster a decode step is than in bf16 on the same GPUs\n${drawn}`];
}

const NAMES: Readonly<Record<Optimization["id"], string>> = {
  bf16: "bf16",
  fp8: "fp8",
  "awq-int4": "awq-int4",
  nvfp4: "nvfp4",
  mxfp4: "mxfp4",
  "prefix-cache": "+ prefix cache",
  speculation: "+ speculation",
  disaggregation: "+ disaggregation",
};

const showTimes = (times: number): string => `${times.toFixed(2)}×`;

/** Why one was refused, and on what the figure of another stands: a line each. */
function remarks(optimizations: readonly Optimization[]): readonly string[] {
  const lines = optimizations.flatMap(({ id, outcome }) => {
    if (outcome.kind === "refused") return [`${NAMES[id]}: refused: ${outcome.why}`];
    return outcome.remark === null ? [] : [`${NAMES[id]}: ${outcome.remark}`];
  });
  return lines.length === 0 ? [] : [lines.map((line) => wrap(`  ${inert(line, 300)}`, 4)).join("\n")];
}

/** Candidates with the same reason stand together; all layouts of a format are one word. */
function refusals(judged: readonly Judged[], sized: Sized): string {
  const refused = judged.flatMap((each) => (each.kind === "refused" ? [each] : []));
  const groups = Map.groupBy(refused, ({ refusal }) => reasonOf(refusal, sized));
  const ofFormat = Map.groupBy(judged, ({ candidate }) => candidate.format);
  return [...groups]
    .map(([reason, members]) => {
      const byFormat = Map.groupBy(members, ({ candidate }) => candidate.format);
      const names = [...byFormat].flatMap(([format, own]) =>
        own.length === ofFormat.get(format)?.length ? [`${format} in all ${own.length} layouts`] : own.map(nameOf),
      );
      return wrap(`  ${inert(`${reason}: ${names.join(", ")}`, 4_000)}`, 4);
    })
    .join("\n");
}

const nameOf = ({ candidate, refusal }: { candidate: { id: string }; refusal: Refusal }): string =>
  refusal.kind === "pool" ? `${candidate.id} (${showCount(refusal.gpus)})` : candidate.id;

function reasonOf(refusal: Refusal, { gpusToHave }: Sized): string {
  if (refusal.kind === "dominated") return `beaten by ${refusal.by}`;
  if (refusal.kind === "pool") return `more GPUs than the ${showCount(gpusToHave)} to have`;
  return refusal.why;
}
