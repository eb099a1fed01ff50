import type { Catalog } from "../catalog/catalog.ts";
import type { PoolPlan } from "../plan-types.ts";
import { FORMATS } from "./capacity/precision.ts";
import { type CapacityOutcome, leftWords, type OperationPlan, type PredictedCapacity } from "./capacity-plan.ts";
import { type CountedCopies, capacityOf, type Economics } from "./endpoint-capacity.ts";
import { endpointWay } from "./endpoint-way.ts";
import { replicasOf } from "./failing-unit.ts";
import { type Question, questionOf } from "./question.ts";
import { gpusOfCopy, type RoleCopies, rolesOf, TOLD_OF } from "./roles.ts";
import type { Endpoint, Serving } from "./schema.ts";
import { formatRefusal, STORED } from "./sizing/format-support.ts";
import { lackingOf } from "./sizing/judge.ts";
import { SIZED_FORMATS, type SizedFormat } from "./sizing/sizing-types.ts";
import { neededBy } from "./sizing/way.ts";

/** An endpoint with its format and copies settled, and why they are those; null where the blueprint states them. */
export interface SettledEndpoint {
  readonly endpoint: Endpoint;
  /** `auto` where too little is known to choose. */
  readonly precision: Endpoint["precision"];
  readonly precisionWhy: string | null;
  readonly roles: readonly SettledCopies[];
  readonly replicasWhy: string | null;
}

/** `replicas` is null where they are to be counted and cannot be. */
interface SettledCopies extends Omit<RoleCopies, "replicas"> {
  readonly replicas: number | null;
}

/** What endpoints are settled on. */
interface Ground {
  readonly pool: PoolPlan | undefined;
  /** GPUs of the pool that endpoints with stated or settled copies leave; null where not known. */
  readonly gpusToHave: number | null;
  readonly catalog: Catalog;
  readonly economics: Economics;
  readonly at: string;
}

/** The widest first: what is lost of a model's answers is not predicted, so that no more is given up than has to be. */
const BY_WIDTH = SIZED_FORMATS.toSorted((left, right) => FORMATS[STORED[right]].bytes - FORMATS[STORED[left]].bytes);

/**
 * `precision: auto` becomes the widest format that keeps the objective, also with a rack or an instance lost;
 * `replicas: auto` as many copies as that takes. Endpoints settle in their order, each on the GPUs that are left.
 */
export function settleEndpoints(
  { endpoints }: Serving,
  pools: readonly PoolPlan[],
  catalog: Catalog,
  economics: Economics,
): readonly SettledEndpoint[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  const roles = endpoints.map((endpoint, index) => rolesOf(endpoint, `serving.endpoints[${index}]`));
  const taken = new Map<string, number>();
  const take = (pool: string, counted: readonly SettledCopies[]) =>
    taken.set(pool, (taken.get(pool) ?? 0) + counted.reduce((sum, role) => sum + gpusIn(role), 0));
  endpoints.forEach(({ pool }, index) => {
    take(pool, (roles[index] ?? []).filter(isCounted));
  });
  return endpoints.map((endpoint, index) => {
    const pool = poolOf.get(endpoint.pool);
    const usable = pool?.usableGpus ?? null;
    const own = roles[index] ?? [];
    const stated = own.filter(isCounted).reduce((sum, role) => sum + gpusIn(role), 0);
    const gpusToHave = usable === null ? null : usable - (taken.get(endpoint.pool) ?? 0) + stated;
    const at = `serving.endpoints[${index}]`;
    const settled = settle(endpoint, own, { pool, gpusToHave, catalog, economics, at });
    take(
      endpoint.pool,
      settled.roles.filter((_, role) => !isCounted(own[role])),
    );
    return settled;
  });
}

const isCounted = (role: RoleCopies | undefined): role is CountedCopies => typeof role?.replicas === "number";
const gpusIn = (role: SettledCopies): number => (role.replicas ?? 0) * gpusOfCopy(role);

function settle(endpoint: Endpoint, roles: readonly RoleCopies[], ground: Ground): SettledEndpoint {
  const { precision } = endpoint;
  if (precision !== "auto" && roles.every(isCounted))
    return { endpoint, precision, precisionWhy: null, roles, replicasWhy: null };
  const asked = questionOf(endpoint, ground.pool, ground.catalog, ground.at);
  if ("missing" in asked) return open(endpoint, roles, `${asked.missing.join(", ")} not known`);
  if (precision !== "auto") return counted(endpoint, precision, roles, asked, ground);
  return chosen(endpoint, roles, asked, ground);
}

/** Nothing settled: `auto` stays, and copies that were to be counted are not known. */
function open(endpoint: Endpoint, roles: readonly RoleCopies[], why: string): SettledEndpoint {
  const isAuto = endpoint.precision === "auto";
  return {
    endpoint,
    precision: endpoint.precision,
    precisionWhy: isAuto ? `not chosen: ${why}` : null,
    roles: roles.map((role) => ({ ...role, replicas: isCounted(role) ? role.replicas : null })),
    replicasWhy: roles.every(isCounted) ? null : `not counted: ${why}`,
  };
}

/** Copies in a format that is stated. */
function counted(
  endpoint: Endpoint,
  precision: Exclude<Endpoint["precision"], "auto">,
  roles: readonly RoleCopies[],
  asked: Question,
  { catalog }: Ground,
): SettledEndpoint {
  const count = countOf(asked, precision, roles, catalog);
  return typeof count === "string"
    ? open(endpoint, roles, count)
    : { endpoint, precision, precisionWhy: null, ...count };
}

type Count = Pick<SettledEndpoint, "replicasWhy"> & { readonly roles: readonly CountedCopies[] };

/** Stated copies as they are; the others as many as the peak needs for sure, and those that a loss takes. Or why none do. */
function countOf(asked: Question, label: string, roles: readonly RoleCopies[], catalog: Catalog): Count | string {
  if (roles.every(isCounted)) return { roles, replicasWhy: null };
  const way = endpointWay(asked, label, roles, catalog);
  if (way === null) return `${label} means nothing for the model`;
  if ("refused" in way) return way.refused;
  const lacking = lackingOf(way);
  if (lacking !== null) return lacking;
  const needed = neededBy(way, asked.demand.peakRequestsPerS);
  if (needed === null) return "not kept for sure by a third more copies than would carry the peak";
  const told = roles.map((role, index) => {
    if (isCounted(role)) return { role, said: `${TOLD_OF[role.role]}${role.replicas} as stated` };
    const peak = needed[index] ?? 0;
    const lost = replicasOf(asked.unit, role);
    const said = `${TOLD_OF[role.role]}${peak} for the peak, ${lost} for the loss of ${asked.unit.kind === "rack" ? "a rack" : "an instance"}`;
    return { role: { ...role, replicas: peak + lost }, said };
  });
  return { roles: told.map(({ role }) => role), replicasWhy: told.map(({ said }) => said).join("; ") };
}

/** Formats in turn until one keeps the objective; where none does, the one that carries most, which then shows what is short. */
function chosen(endpoint: Endpoint, roles: readonly RoleCopies[], asked: Question, ground: Ground): SettledEndpoint {
  const passed: string[] = [];
  let most: (Count & { readonly format: SizedFormat; readonly tokensPerS: number }) | null = null;
  for (const format of BY_WIDTH) {
    const { outcome, count } = tried(endpoint, format, roles, asked, ground);
    const short = shortOf(outcome);
    if (short === null && count !== null)
      return settledOn(endpoint, format, count, `${format} is the widest that keeps the objective`, passed);
    passed.push(`${format}: ${short}`);
    if (outcome.kind === "predicted" && count !== null && outcome.outputTokensPerS.low > (most?.tokensPerS ?? -1))
      most = { ...count, format, tokensPerS: outcome.outputTokensPerS.low };
  }
  return most === null
    ? { ...open(endpoint, roles, "no format can be served"), precisionWhy: because("no format can be served", passed) }
    : settledOn(endpoint, most.format, most, `no format keeps the objective, ${most.format} carries most`, passed);
}

const settledOn = (
  endpoint: Endpoint,
  precision: SizedFormat,
  { roles, replicasWhy }: Count,
  what: string,
  passed: readonly string[],
): SettledEndpoint => ({ endpoint, precision, precisionWhy: because(what, passed), roles, replicasWhy });

const because = (what: string, passed: readonly string[]): string => [what, ...passed].join("; ");

function tried(
  endpoint: Endpoint,
  precision: SizedFormat,
  roles: readonly RoleCopies[],
  asked: Question,
  { pool, gpusToHave, catalog, economics, at }: Ground,
): { readonly outcome: CapacityOutcome; readonly count: Count | null } {
  const refused = formatRefusal(precision, asked.architecture, asked.gpu);
  const count = refused ?? countOf(asked, precision, roles, catalog);
  if (typeof count === "string") return { outcome: { kind: "refused", why: count }, count: null };
  const gpus = count.roles.reduce((sum, role) => sum + gpusIn(role), 0);
  if (count.replicasWhy !== null && gpusToHave !== null && gpus > gpusToHave)
    return {
      outcome: { kind: "refused", why: `${gpus} GPUs are more than the ${gpusToHave} that are left` },
      count: null,
    };
  return { outcome: capacityOf({ endpoint, precision, roles: count.roles }, pool, catalog, economics, at), count };
}

/** What a format is short of; null where it keeps the objective at the slow end, at the peak and with a loss. */
function shortOf(outcome: CapacityOutcome): string | null {
  if (outcome.kind === "unknown") return `${outcome.missing.join(", ")} not known`;
  if (outcome.kind === "refused") return outcome.why;
  if (outcome.memory.some(({ established }) => !established)) return "less than 10 GiB of KV cache";
  if (outcome.memory.some(({ longestRequestTokens, keyValueTokens }) => longestRequestTokens > keyValueTokens))
    return "its longest request does not fit the cache";
  if (outcome.contradiction !== null) return outcome.contradiction;
  return keeps(outcome.atPeak, outcome) && keeps(outcome.unitLost.operation, outcome)
    ? null
    : `not for sure with ${leftWords(outcome.unitLost)} left`;
}

const keeps = (operation: OperationPlan | null, { objective }: PredictedCapacity): boolean =>
  operation !== null &&
  operation.timeToFirstTokenS.high <= objective.timeToFirstTokenS &&
  operation.interTokenS.high <= objective.interTokenS;
