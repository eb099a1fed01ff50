import { planDigest } from "../../components/plan-json.ts";
import type { Count, LedgerRow, Plan } from "../../components/plan-types.ts";
import { showUsd, showWatts, type Total, type Watts } from "../../components/quantity.ts";
import { inert } from "../../components/site/show-fault.ts";
import { table } from "./table.ts";

/** The plan as text of at most 80 columns: what comes when, on what power, for what, at what cost. */
export function planText(plan: Plan): string {
  const sections = [
    `${inert(plan.name, 50)}   plan ${planDigest(plan)}   target ${plan.target.kind}`,
    section("Phases, in the order in which they come online", phases(plan)),
    section("Load at the meter against supply, where it changes", ledger(plan)),
    section("Feeds, by building, with what their scheme leaves up", feeds(plan)),
    section("Pools", pools(plan)),
    section("Endpoints", endpoints(plan)),
    section("Cost of the whole site, a first estimate", cost(plan)),
    section("Published demand, figures of different origin", demand(plan)),
  ];
  return sections.filter((text) => text !== "").join("\n\n");
}

const section = (title: string, body: string): string => (body === "" ? "" : `${title}\n${body}`);

const phases = (plan: Plan): string =>
  table(
    ["phase", "from", "state", ">racks", ">GPUs", ">IT"],
    plan.phases.map(({ id, from, state, racks, gpus, it }) => [
      id,
      from,
      state,
      count(racks),
      count(gpus),
      showTotal(it),
    ]),
  );

function ledger(plan: Plan): string {
  const rows = plan.ledger.filter((row, index) => changes(row, plan.ledger[index - 1]));
  return table(
    [">from", ">racks", ">IT", ">at meter", ">contracted", ">firm", ">margin"],
    rows.map((row) => [
      row.quarter,
      count(row.racks),
      showTotal(row.it),
      showTotal(row.meter),
      showTotal(row.contracted),
      showTotal(row.firm),
      margin(row),
    ]),
  );
}

const changes = (row: LedgerRow, before: LedgerRow | undefined): boolean =>
  before === undefined ||
  row.phases.join() !== before.phases.join() ||
  row.supplies.map(({ id }) => id).join() !== before.supplies.map(({ id }) => id).join();

/** Firm less load, where both are known. */
function margin({ meter, firm }: LedgerRow): string {
  if (meter.missing.length > 0 || firm.missing.length > 0) return "unknown";
  return showWatts((firm.known - meter.known) as Watts);
}

function feeds(plan: Plan): string {
  const rows = plan.distribution.map((level) => ({
    ...level,
    text: [
      level.id,
      level.per,
      `${level.count} × ${showWatts(level.ratedWatts)}`,
      level.scheme,
      showTotal(level.load),
      showWatts(level.usable),
    ],
  }));
  const groups = Map.groupBy(rows, ({ text }) => text.join("|"));
  return table(
    ["feed", "of each", "elements", "scheme", ">load", ">usable", "buildings"],
    [...groups.values()].map((group) => [...(group[0]?.text ?? []), span(group.map(({ building }) => building))]),
  );
}

const span = (ids: readonly string[]): string => (ids.length <= 2 ? ids.join(", ") : `${ids[0]} to ${ids.at(-1)}`);

const pools = (plan: Plan): string =>
  table(
    ["pool", "system", ">racks", ">spare", ">GPUs", ">usable", ">W/GPU", ">budget", ""],
    plan.pools.map((pool) => [
      pool.id,
      pool.system,
      count(pool.racks),
      count(pool.spareRacks),
      count(pool.gpus),
      count(pool.usableGpus),
      count(pool.wattsPerGpu),
      showWatts(pool.powerBudget),
      pool.held ? "held" : "open",
    ]),
  );

const endpoints = (plan: Plan): string =>
  table(
    ["endpoint", "model", "weights", ">copies", ">nodes", ">GPUs", ">power", ""],
    plan.endpoints.map((endpoint) => [
      endpoint.id,
      endpoint.model,
      endpoint.precision,
      count(endpoint.replicas),
      count(endpoint.nodesPerReplica),
      count(endpoint.gpus),
      showWatts(endpoint.watts),
      endpoint.held ? "held" : "open",
    ]),
  );

function cost({ cost: { lines, capex, perHour, perGpuHour } }: Plan): string {
  const rows = lines.map(({ what, capex: build, perHour: hour }) => [what, showUsd(build), showUsd(hour)]);
  const floor = (missing: readonly string[]) => (missing.length > 0 ? "≥ " : "");
  const sum = [
    "together",
    `${floor(capex.missing)}${showUsd(capex.known)}`,
    `${floor(perHour.missing)}${showUsd(perHour.known)}`,
  ];
  const gpu = perGpuHour === null ? [] : [["a GPU-hour, of those installed", "", showUsd(perGpuHour)]];
  return table(["", ">to build", ">an hour"], [...rows, sum, ...gpu]);
}

const demand = (plan: Plan): string =>
  plan.demand.length === 0
    ? ""
    : table(
        ["said by", ">power"],
        plan.demand.map(({ said, power }) => [inert(said, 50), showWatts(power)]),
      );

/** A sum with something missing is shown as its floor; one of which nothing is known, as unknown. */
export function showTotal({ known, missing }: Total): string {
  if (missing.length === 0) return showWatts(known);
  return known === 0 ? "unknown" : `≥ ${showWatts(known)}`;
}

const count = (value: Count): string => (value === null ? "unknown" : value.toLocaleString("en-US"));
