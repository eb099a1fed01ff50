import type { Catalog } from "../catalog/catalog.ts";
import type { PoolPlan } from "../plan-types.ts";
import { FORMATS } from "./capacity/precision.ts";
import type { CapacityOutcome, OperationPlan, PredictedCapacity } from "./capacity-plan.ts";
import { capacityOf, type Economics } from "./endpoint-capacity.ts";
import { questionOf } from "./question.ts";
import type { Endpoint, Serving } from "./schema.ts";
import { formatRefusal, STORED } from "./sizing/format-support.ts";
import { SIZED_FORMATS, type SizedFormat } from "./sizing/sizing-types.ts";

/** An endpoint with its format settled, and why it is that one; null where the blueprint states it. */
export interface SettledEndpoint extends Endpoint {
  readonly precisionWhy: string | null;
}

/** The widest first: what is lost of a model's answers is not predicted, so that no more is given up than has to be. */
const BY_WIDTH = SIZED_FORMATS.toSorted((left, right) => FORMATS[STORED[right]].bytes - FORMATS[STORED[left]].bytes);

/** Endpoints whose `precision` is `auto` with the widest format that keeps the objective, also with a rack or an instance lost. */
export const settlePrecisions = (
  { endpoints }: Serving,
  pools: readonly PoolPlan[],
  catalog: Catalog,
  economics: Economics,
): readonly SettledEndpoint[] =>
  endpoints.map((endpoint, index) => {
    if (endpoint.precision !== "auto") return { ...endpoint, precisionWhy: null };
    const pool = pools.find(({ id }) => id === endpoint.pool);
    return { ...endpoint, ...choice(endpoint, pool, catalog, economics, `serving.endpoints[${index}]`) };
  });

type Choice = Pick<SettledEndpoint, "precision" | "precisionWhy">;

/** Formats in turn until one keeps the objective; where none does, the one that carries most, which then shows what is short. */
function choice(
  endpoint: Endpoint,
  pool: PoolPlan | undefined,
  catalog: Catalog,
  economics: Economics,
  at: string,
): Choice {
  const asked = questionOf(endpoint, pool, catalog, at);
  if ("missing" in asked)
    return { precision: "auto", precisionWhy: `not chosen: ${asked.missing.join(", ")} not known` };
  const passed: string[] = [];
  let most: { readonly format: SizedFormat; readonly tokensPerS: number } | null = null;
  for (const format of BY_WIDTH) {
    const refused = formatRefusal(format, asked.architecture, asked.gpu);
    const outcome: CapacityOutcome =
      refused === null
        ? capacityOf({ ...endpoint, precision: format }, pool, catalog, economics, at)
        : { kind: "refused", why: refused };
    const short = shortOf(outcome);
    if (short === null)
      return { precision: format, precisionWhy: because(`${format} is the widest that keeps the objective`, passed) };
    passed.push(`${format}: ${short}`);
    if (outcome.kind === "predicted" && outcome.outputTokensPerS.low > (most?.tokensPerS ?? -1)) {
      most = { format, tokensPerS: outcome.outputTokensPerS.low };
    }
  }
  return most === null
    ? { precision: "auto", precisionWhy: because("no format can be served", passed) }
    : {
        precision: most.format,
        precisionWhy: because(`no format keeps the objective, ${most.format} carries most`, passed),
      };
}

const because = (what: string, passed: readonly string[]): string => [what, ...passed].join("; ");

/** What a format is short of; null where it keeps the objective at the slow end, at the peak and with a loss. */
function shortOf(outcome: CapacityOutcome): string | null {
  if (outcome.kind === "unknown") return `${outcome.missing.join(", ")} not known`;
  if (outcome.kind === "refused") return outcome.why;
  if (!outcome.memory.established) return "less than 10 GiB of KV cache";
  if (outcome.memory.longestRequestTokens > outcome.memory.keyValueTokens)
    return "its longest request does not fit the cache";
  if (outcome.contradiction !== null) return outcome.contradiction;
  return keeps(outcome.atPeak, outcome) && keeps(outcome.unitLost.operation, outcome)
    ? null
    : `not for sure with ${outcome.unitLost.replicas} copies left`;
}

const keeps = (operation: OperationPlan | null, { objective }: PredictedCapacity): boolean =>
  operation !== null &&
  operation.timeToFirstTokenS.high <= objective.timeToFirstTokenS &&
  operation.interTokenS.high <= objective.interTokenS;
