import { showUsd } from "../../components/quantity.ts";
import type {
  Judged,
  Optimization,
  Refusal,
  Sized,
  Sizing,
  StepGain,
} from "../../components/serving/sizing/sizing-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { showNumber, showTime } from "./capacity-text.ts";
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
    ...builds(outcome),
    `What each optimization buys here: tokens/s of a GPU within the objective\n${optimizationTable(optimizations)}`,
    ...remarks(optimizations),
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

/** The blueprint of the fewest GPUs that it has fields for, and what would beat it. */
function builds({ buildable, judged, unit }: Sized): readonly string[] {
  if (buildable === null) return [];
  const { id, format, gpus, needed, replicas, nodesPerReplica, gpusPerNode, usdPerMillionTokens } = buildable;
  const own = judged.find(({ candidate }) => candidate.id === id);
  const beaten =
    own?.kind === "refused" && own.refusal.kind === "dominated"
      ? `; ${own.refusal.by} beats it, for which the blueprint has no fields`
      : "";
  const cost = usdPerMillionTokens === null ? "" : `, ${showUsd(usdPerMillionTokens)} a million tokens`;
  return [
    `${wrap(`To build ${id}: ${showCount(gpus)} GPUs${cost}${beaten}`, 2)}\n  precision: ${format}\n` +
      `  replicas: ${replicas} # ${needed} for the peak, ${replicas - needed} for the loss of ${unit === "rack" ? "a rack" : "an instance"}\n` +
      `  nodesPerReplica: ${nodesPerReplica}\n  gpusPerNode: ${gpusPerNode}`,
  ];
}

function optimizationTable(optimizations: readonly Optimization[]): string {
  return drawTable(
    ["", "on", ">tok/s", ">$/M tok", ">gain", ">step", ">at batch"],
    optimizations.flatMap(({ id, outcome }) => {
      if (outcome.kind === "refused") return [[NAMES[id], "refused", "", "", "", "", ""]];
      const { on, tokensPerSPerGpu, usdPerMillionTokens, times, step } = outcome;
      return [
        [
          NAMES[id],
          on,
          showNumber(tokensPerSPerGpu.value),
          usdPerMillionTokens === null ? "unknown" : showUsd(usdPerMillionTokens),
          showTimes(times),
          step === null ? "" : showTimes(step.atOneSequence),
          step === null ? "" : showTimes(step.atSequences.times),
        ],
      ];
    }),
  );
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

/** Why one was refused, what bounds it, and on what its figure stands: a line each. */
function remarks(optimizations: readonly Optimization[]): readonly string[] {
  const lines = optimizations.flatMap(({ id, outcome }) => {
    if (outcome.kind === "refused") return [`${NAMES[id]}: refused: ${outcome.why}`];
    const said = [...(outcome.remark === null ? [] : [outcome.remark]), ...(id === "bf16" ? [] : fading(outcome.step))];
    return said.map((each) => `${NAMES[id]}: ${each}`);
  });
  return lines.length === 0 ? [] : [lines.map((line) => wrap(`  ${inert(line, 300)}`, 4)).join("\n")];
}

function fading(step: StepGain | null): readonly string[] {
  if (step?.goneFrom == null) return [];
  return [
    `its step is faster than in bf16 by ${showTimes(step.atOneSequence)} at one sequence, and from ${showCount(step.goneFrom)} on no more: ` +
      "what only weights are stored in gains nothing once products bound the step",
  ];
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
