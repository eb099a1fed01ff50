import type { Catalog } from "../catalog/catalog.ts";
import type { EndpointPlan, PoolPlan } from "../plan-types.ts";
import { scaleUp, type Watts } from "../quantity.ts";
import { type Total, total } from "../total.ts";
import type { CurtailmentPlan, LedgerRow, LostTokens, ShedPlan } from "./power-types.ts";
import type { Agreement, Curtailment, Shed } from "./schema.ts";
import { shedder } from "./shed.ts";

/** Each agreement against each load that the site comes to have: what goes down in which order, and what that takes off. */
export function planCurtailment(
  curtailment: Curtailment | undefined,
  ledger: readonly LedgerRow[],
  pools: readonly PoolPlan[],
  endpoints: readonly EndpointPlan[],
  tokensPerS: ReadonlyMap<string, number>,
  catalog: Catalog,
): readonly CurtailmentPlan[] {
  if (curtailment === undefined) return [];
  const loads = ledger.filter(
    ({ phases }, index) => phases.length > 0 && phases.join() !== ledger[index - 1]?.phases.join(),
  );
  return curtailment.agreements.flatMap((agreement, index) =>
    loadsOf(agreement, loads).map((row) =>
      answer(agreement, `power.curtailment.agreements[${index}]`, curtailment.shed, {
        row,
        pools: pools.filter(({ phase }) => row.phases.includes(phase)),
        endpoints,
        tokensPerS,
        catalog,
      }),
    ),
  );
}

/** Loads under which it can be called: the one that stands when it starts, and every later one. */
function loadsOf({ from }: Agreement, loads: readonly LedgerRow[]): readonly LedgerRow[] {
  if (from === undefined) return loads;
  const first = loads.findLastIndex(({ quarter }) => quarter <= from);
  return loads.slice(Math.max(0, first));
}

interface Call {
  readonly agreement: Agreement;
  readonly at: string;
  readonly required: Total;
}

interface Called {
  readonly row: LedgerRow;
  readonly pools: readonly PoolPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** What each endpoint serves at its peak, where it is known. */
  readonly tokensPerS: ReadonlyMap<string, number>;
  readonly catalog: Catalog;
}

function answer(agreement: Agreement, at: string, shed: readonly Shed[], called: Called): CurtailmentPlan {
  const { row, endpoints, tokensPerS } = called;
  const reduction = agreement.reduction.value;
  const required = requiredOf(row.meter, reduction, `${at}.reduction`);
  const steps = stepsOf(shed, { agreement, at, required }, called);
  const used = steps.filter((step) => step.used);
  return {
    agreement: agreement.id,
    quarter: row.quarter,
    phases: row.phases,
    reduction,
    withinSeconds: agreement.within.value,
    durationSeconds: agreement.duration.value,
    meter: row.meter,
    required,
    steps,
    saved: savedBy(used),
    lost: lostBy(used, endpoints, tokensPerS),
    at,
  };
}

/** A share of the load; of an unknown share nothing is known, not even a floor. */
const requiredOf = (meter: Total, reduction: number | null, at: string): Total =>
  reduction === null
    ? { known: 0 as Watts, missing: [...meter.missing, at] }
    : { known: scaleUp(meter.known, reduction), missing: meter.missing };

/** In order, until what is saved for sure is enough; where that is never known, all of them. */
function stepsOf(
  shed: readonly Shed[],
  { agreement, at: calledAt, required }: Call,
  { pools, endpoints, catalog }: Called,
): readonly ShedPlan[] {
  const save = shedder(pools, endpoints, catalog);
  let sure = 0;
  return shed.flatMap((step, index) => {
    if (!pools.some(({ id }) => id === step.pool)) return [];
    const used = required.missing.length > 0 || sure < required.known;
    const at = `power.curtailment.shed[${index}]`;
    const refused = used ? refusalOf(step, agreement) : null;
    const saving = save(step, at, !used || refused !== null);
    const missing = used && refused === null ? [...saving.missing, ...missingTimes(step, agreement, at, calledAt)] : [];
    const saves = refused !== null || !used ? (0 as Watts) : missing.length > 0 ? null : saving.watts;
    sure += saves ?? 0;
    return [
      {
        priority: index + 1,
        pool: step.pool,
        endpoint: step.endpoint ?? null,
        action: step.action,
        enforcedBy: step.enforcedBy,
        gpus: saving.gpus,
        withinSeconds: step.within.value,
        used,
        saves,
        refused,
        missing,
        at,
      },
    ];
  });
}

const ENFORCERS = { suspend: "kueue", "power-cap": "dynamo-power-agent" } as const;

/** Why a step cannot count, however much it saves. */
function refusalOf(step: Shed, { within, duration }: Agreement): string | null {
  if (step.enforcedBy === "nothing") return "nothing enforces it";
  if (step.enforcedBy !== ENFORCERS[step.action]) return `${step.enforcedBy} cannot do it`;
  if (isAbove(step.within.value, within.value)) return `${step.within.value} s are too slow`;
  const longest = step.longest?.value ?? null;
  return isAbove(duration.value, longest) ? "it may not stay down for so long" : null;
}

const isAbove = (value: number | null, limit: number | null): boolean =>
  value !== null && limit !== null && value > limit;

/** Times without which it is not known whether the step counts. */
function missingTimes(step: Shed, agreement: Agreement, at: string, calledAt: string): readonly string[] {
  return [
    ...(step.within.value === null ? [`${at}.within`] : []),
    ...(agreement.within.value === null ? [`${calledAt}.within`] : []),
    ...(step.longest !== undefined && step.longest.value === null ? [`${at}.longest`] : []),
    ...(step.longest !== undefined && agreement.duration.value === null ? [`${calledAt}.duration`] : []),
  ];
}

const savedBy = (steps: readonly ShedPlan[]): Total =>
  total(
    steps.flatMap(({ saves, missing, at }) =>
      missing.length === 0 ? [{ of: at, watts: saves }] : missing.map((of) => ({ of, watts: null })),
    ),
  );

/**
 * What the call costs in tokens: all that a suspended endpoint serves at its peak. How much a cap slows one down is not
 * known, nor what one serves without a prediction: both are missing, and never 0.
 */
function lostBy(
  steps: readonly ShedPlan[],
  endpoints: readonly EndpointPlan[],
  tokensPerS: ReadonlyMap<string, number>,
): LostTokens {
  const acting = steps.filter(({ refused }) => refused === null);
  const hit = endpoints.flatMap((endpoint) => {
    const own = acting.filter(
      (step) => step.pool === endpoint.pool && (step.endpoint === null || step.endpoint === endpoint.id),
    );
    const isDown = own.some(({ action }) => action === "suspend");
    return own.length === 0 ? [] : [{ ...endpoint, lost: isDown ? (tokensPerS.get(endpoint.id) ?? null) : null }];
  });
  return {
    endpoints: hit.map(({ id }) => id),
    knownPerSecond: hit.reduce((sum, { lost }) => sum + (lost ?? 0), 0),
    missing: hit.flatMap(({ at, lost }) => (lost === null ? [at] : [])),
  };
}
