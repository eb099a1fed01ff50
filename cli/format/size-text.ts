import { showUsd } from "../../components/quantity.ts";
import type {
  Judged,
  Optimization,
  PassedOver,
  Refusal,
  Sized,
  Sizing,
} from "../../components/serving/sizing/sizing-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { showNumber, showTime } from "./capacity-text.ts";
import { showCount } from "./shown.ts";
import { frontParts, UNITS, withoutPool } from "./size-front.ts";
import { drawTable } from "./table.ts";
import { wrap } from "./wrap.ts";

/** The sizing of endpoints as text of at most 80 columns: what nothing beats, what each optimization buys, why the rest not. */
export const sizeText = (sizings: readonly Sizing[]): string => sizings.map(endpointText).join("\n\n\n");

function endpointText({ endpoint, pool, outcome }: Sizing): string {
  if (outcome.kind === "unasked") return [`${endpoint}: no pool can be asked`, ...passedOver(outcome)].join("\n\n");
  const { optimizations, pools } = outcome;
  const [first] = pools;
  const here = pools.length > 1 ? `on ${first?.id}` : "here";
  return [
    head(endpoint, outcome),
    ...passedOver(outcome),
    ...frontParts(outcome, pool),
    `What each optimization buys ${here}: tokens/s of a GPU within the objective\n${optimizationTable(optimizations, first?.id ?? pool)}`,
    ...remarks(optimizations),
    ...stepTable(optimizations),
    `Why not the others\n${refusals(outcome)}`,
  ].join("\n\n");
}

function head(endpoint: string, { model, pools, demand, objective }: Sized): string {
  const places =
    pools.length > 1
      ? pools.map(({ id, gpu, gpusToHave }) => `pool ${id} (${gpu}, ${showCount(gpusToHave)} GPUs to give)`)
      : pools.map(({ id, gpu, gpusToHave }) => `${gpu}; pool ${id} has ${showCount(gpusToHave)} GPUs to give`);
  const units = [...new Set(pools.map(({ unit }) => UNITS[unit]))].join(" or ");
  return wrap(
    `${endpoint}: ${model} on ${places.join(" or ")}. ` +
      `${showNumber(demand.peakRequestsPerS)} requests/s at the peak, like ${demand.profile}: ${showNumber(demand.inputTokens)} tokens in, ` +
      `${showNumber(demand.outputTokens)} out. For 95 of a hundred: first token within ${showTime(objective.timeToFirstTokenS)}, ` +
      `gaps within ${showTime(objective.interTokenS)}, at the slow end of the interval and with ${units} lost.`,
    2,
  );
}

/** Pools that were not asked, those of one reason together. */
function passedOver({ passedOver: all }: { readonly passedOver: readonly PassedOver[] }): readonly string[] {
  if (all.length === 0) return [];
  const groups = Map.groupBy(all, whyNotAsked);
  const lines = [...groups].map(([why, own]) => wrap(`  ${own.map(({ pool }) => pool).join(", ")}: ${why}`, 4));
  return [`Pools that are not asked\n${lines.join("\n")}`];
}

function whyNotAsked(pool: PassedOver): string {
  if (pool.kind === "unknown") return `not known: ${pool.missing.join(", ")}`;
  if (pool.kind === "taken") return `its other endpoints take all of its ${showCount(pool.gpus)} GPUs`;
  if (pool.state === "retired") return `phase ${pool.phase} is retired`;
  return `held: phase ${pool.phase} is ${pool.state}; name it with --pool to size it as planned`;
}

type Given = Extract<Optimization["outcome"], { kind: "gives" }>;

function optimizationTable(optimizations: readonly Optimization[], pool: string): string {
  return drawTable(
    ["", "on", ">tok/s", ">from", ">to", ">$/M tok", ">gain"],
    optimizations.map(({ id, outcome }) =>
      outcome.kind === "refused" ? [NAMES[id], "refused", "", "", "", "", ""] : [NAMES[id], ...given(outcome, pool)],
    ),
  );
}

const given = (
  { on, tokensPerSPerGpu: { low, value, high }, usdPerMillionTokens, times }: Given,
  pool: string,
): readonly string[] => [
  withoutPool(on, pool),
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

/** Candidates with the same reason stand together; all layouts of a format on a pool are one word. */
function refusals({ judged, pools }: Sized): string {
  const refused = judged.flatMap((each) => (each.kind === "refused" ? [each] : []));
  const toHave = new Map(pools.map(({ id, gpusToHave }) => [id, gpusToHave]));
  const groups = Map.groupBy(refused, ({ refusal, pool }) => reasonOf(refusal, toHave.get(pool) ?? 0));
  const layouts = Map.groupBy(judged, formatOn);
  return [...groups]
    .map(([reason, members]) => {
      const byPool = [...Map.groupBy(members, ({ pool }) => pool)].map(([pool, own]) =>
        pools.length > 1 ? `on ${pool} ${namesOf(own, layouts)}` : namesOf(own, layouts),
      );
      return wrap(`  ${inert(`${reason}: ${byPool.join("; ")}`, 8_000)}`, 4);
    })
    .join("\n");
}

type Refused = Extract<Judged, { kind: "refused" }>;
const formatOn = ({ pool, candidate: { format } }: Judged): string => `${pool}/${format}`;

/** Candidates of one pool. */
function namesOf(members: readonly Refused[], layouts: ReadonlyMap<string, readonly Judged[]>): string {
  const names = [...Map.groupBy(members, formatOn)].flatMap(([on, own]) =>
    own.length === layouts.get(on)?.length
      ? [`${own[0]?.candidate.format} in all ${own.length} layouts`]
      : own.map(nameOf),
  );
  return names.join(", ");
}

function nameOf({ pool, candidate, refusal }: Refused): string {
  const name = withoutPool(candidate.id, pool);
  return refusal.kind === "pool" ? `${name} (${showCount(refusal.gpus)})` : name;
}

function reasonOf(refusal: Refusal, gpusToHave: number): string {
  if (refusal.kind === "dominated") return `beaten by ${refusal.by}`;
  if (refusal.kind === "same") return "the same on a pool before it, at the same price";
  if (refusal.kind === "pool") return `more GPUs than the ${showCount(gpusToHave)} to have`;
  return refusal.why;
}
