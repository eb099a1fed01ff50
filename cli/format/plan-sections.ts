import type { FabricPlan } from "../../components/network/fabric-types.ts";
import type { Plan, PoolPlan } from "../../components/plan-types.ts";
import type { CurtailmentPlan, LedgerRow, LostTokens } from "../../components/power/power-types.ts";
import { showUsd, showWatts } from "../../components/quantity.ts";
import { inert } from "../../components/site/show-fault.ts";
import { byBuilding } from "./by-building.ts";
import { capacityTable } from "./capacity-text.ts";
import { causeOf } from "./cause.ts";
import { cooling, halls, heat } from "./cooling-text.ts";
import { instanceTable } from "./instance-table.ts";
import { marginOf, megawattColumns } from "./megawatts.ts";
import { showCopies, showCount, showMoney, showTotal } from "./shown.ts";
import { drawTable, section, type Table, table } from "./table.ts";
import { wrap } from "./wrap.ts";

/** A part of the plan for people: a title, and under it a table, or lines of text. */
export interface Section {
  readonly title: string;
  readonly body: Table | string;
}

/** What comes when, on what power, for what, at what cost; a part with nothing to show is left out. */
export function planSections(plan: Plan): readonly Section[] {
  const all: readonly (readonly [title: string, body: Table | string | null])[] = [
    ["Phases, in the order in which they come", phases(plan)],
    ["MW at the meter against supply, in the quarters in which something changes", ledger(plan)],
    ["Each element of the feeds, with the most that it carries in any outage", feeds(plan)],
    ["Heat of a rack, its flow, the air of a pod, and what the cooling draws", heat(plan)],
    ["Each element of the cooling, with the most heat that it takes in any outage", cooling(plan)],
    ["Halls, with what their rows take of them", halls(plan)],
    ["Fabrics of each building, and what the worst single loss leaves a node", fabricsTable(plan)],
    ["Pools", pools(plan)],
    ["Instances, with the EFA devices of each", instanceTable(plan)],
    ["Caps of the pools' GPUs", caps(plan)],
    ["Endpoints", endpoints(plan)],
    ["What they carry", capacityTable(plan)],
    ["Called to draw less, what goes down in order", curtailment(plan)],
    ["Cost of the whole site, a first estimate", cost(plan)],
    ["Demand as published, each figure by itself", demand(plan)],
  ];
  return all.flatMap(([title, body]) => (body === null ? [] : [{ title, body }]));
}

function phases(plan: Plan): Table {
  const [loads = []] = megawattColumns([plan.phases.map(({ it }) => it)]);
  return table(
    ["phase", "from", "state", ">racks", ">GPUs", ">IT MW"],
    plan.phases.map(({ id, from, state, racks, gpus }, index) => [
      id,
      from,
      state,
      showCount(racks),
      showCount(gpus),
      loads[index] ?? "",
    ]),
  );
}

function ledger(plan: Plan): Table | null {
  const changes = plan.ledger.filter((row, index) => isChange(row, plan.ledger[index - 1]));
  return section(changes, (rows) => {
    const columns = megawattColumns([
      rows.map(({ it }) => it),
      rows.map(({ meter }) => meter),
      rows.map(({ contracted }) => contracted),
      rows.map(({ firm }) => firm),
      rows.map(marginOf),
    ]);
    return table(
      ["from", ">racks", ">GPUs", ">IT", ">at meter", ">contracted", ">firm", ">margin"],
      rows.map(({ quarter, racks, gpus }, index) => [
        quarter,
        showCount(racks),
        showCount(gpus),
        ...columns.map((column) => column[index] ?? ""),
      ]),
    );
  });
}

const isChange = (row: LedgerRow, before: LedgerRow | undefined): boolean =>
  before === undefined ||
  row.phases.join() !== before.phases.join() ||
  row.supplies.map(({ id }) => id).join() !== before.supplies.map(({ id }) => id).join();

/** Buildings whose level is the same are one row. */
const feeds = (plan: Plan): Table | null =>
  section(plan.distribution, (levels) =>
    table(
      ["feed", "set", ">usable", ">worst load", "when", "buildings"],
      byBuilding(levels, ({ id, set, elements, usable, worst }) => [
        id,
        set === null ? `${elements}` : `${set.count} a ${set.per}, ${set.scheme}`,
        showWatts(usable),
        showTotal(worst.load),
        causeOf(worst.state),
      ]),
    ),
  );

/** Buildings whose fabric is the same are one row. */
export const fabricsTable = (plan: Plan): Table | null =>
  section(plan.network.fabrics, (all) =>
    table(
      ["fabric", "switch", ">tiers", ">leaf", ">spine", ">core", ">cables", ">left", "buildings"],
      byBuilding(all, fabricCells),
    ),
  );

function fabricCells({ id, switch: from, counts, failures }: FabricPlan): readonly string[] {
  const left = failures.filter(({ element }) => element !== "plane").map((failure) => failure.left);
  if (counts === null) return [id, from, ...Array<string>(6).fill("unknown")];
  const { tiers, leaf, spine, core, nodeLeafCables, leafSpineCables, spineCoreCables } = counts;
  return [
    id,
    from,
    ...[tiers, leaf, spine, core, nodeLeafCables + leafSpineCables + spineCoreCables].map(showCount),
    left.length === 0 ? "" : `${Number((Math.min(...left) * 100).toFixed(1))} %`,
  ];
}

const pools = (plan: Plan): Table | null =>
  section(
    plan.pools.filter(({ instances }) => instances === null),
    (rows) =>
      table(
        ["pool", "system", ">racks", ">spare", ">GPUs", ">usable", ">W/GPU", ">budget", ""],
        rows.map((pool) => [
          pool.id,
          pool.system,
          showCount(pool.racks),
          showCount(pool.spareRacks),
          showCount(pool.gpus),
          showCount(pool.usableGpus),
          showCount(pool.wattsPerGpu),
          showWatts(pool.powerBudget),
          pool.held ? "held" : "open",
        ]),
      ),
  );

/** What a stated cap comes to, a line each. */
const caps = (plan: Plan): string | null => plan.pools.flatMap(capLine).join("\n") || null;

function capLine({ id, cap }: PoolPlan): readonly string[] {
  if (cap === null) return [];
  const { perGpu, enforced, enforcedBy } = cap;
  if (enforced !== null)
    return [`  ${id}: ${showWatts(enforced)} a GPU, set by ${enforcedBy}; feeds are planned uncapped`];
  const why = enforcedBy === "nothing" ? "nothing sets it" : "cap or settable range is not known";
  return [`  ${id}: the cap of ${showWatts(perGpu)} a GPU is not counted: ${why}`];
}

const endpoints = (plan: Plan): Table | null =>
  section(plan.endpoints, (rows) =>
    table(
      ["endpoint", "model", "weights", ">copies", ">nodes", ">GPUs", ">power", ""],
      rows.map((endpoint) => [
        endpoint.id,
        endpoint.model,
        endpoint.precision,
        showCopies(endpoint.roles),
        endpoint.roles.map(({ nodesPerReplica }) => showCount(nodesPerReplica)).join(" + "),
        showCount(endpoint.gpus),
        showWatts(endpoint.watts),
        endpoint.held ? "held" : "open",
      ]),
    ),
  );

const curtailment = ({ curtailment: calls }: Plan): string | null =>
  calls.length === 0 ? null : calls.map(callText).join("\n");

const tokensOf = ({ knownPerSecond, missing }: LostTokens): string =>
  missing.length === 0
    ? showCount(knownPerSecond)
    : knownPerSecond === 0
      ? "unknown"
      : `≥ ${showCount(knownPerSecond)}`;

function callText({ agreement, quarter, reduction, required, saved, steps, lost }: CurtailmentPlan): string {
  const share = reduction === null ? "unknown" : `${Number((reduction * 100).toFixed(3))} %`;
  const drawn = drawTable(
    ["", "what", "action", ">GPUs", ">within", ">saves", ""],
    steps.map((step) => [
      String(step.priority),
      step.endpoint ?? step.pool,
      step.action,
      showCount(step.gpus),
      step.withinSeconds === null ? "unknown" : `${step.withinSeconds} s`,
      step.used ? showWatts(step.saves) : "",
      step.used ? (step.refused ?? "") : "not needed",
    ]),
  );
  return [
    `  ${agreement} from ${quarter}: ${share} less is ${showTotal(required)}; saved ${showTotal(saved)}`,
    ...(steps.length === 0 ? [] : [drawn]),
    ...(lost.endpoints.length === 0
      ? []
      : [wrap(`  costs ${lost.endpoints.join(", ")}: tokens/s ${tokensOf(lost)}`, 4)]),
  ].join("\n");
}

function cost({ cost: { lines, capex, perHour, perGpuHour, pools } }: Plan): Table {
  const differ = new Set(pools.map((each) => each.perGpuHour)).size > 1;
  return table(
    ["", ">to build", ">an hour"],
    [
      ...lines.map((line) => [inert(line.what, 44), showUsd(line.capex), showUsd(line.perHour)]),
      ["together", showMoney(capex), showMoney(perHour)],
      ["for each GPU installed", "", showUsd(perGpuHour)],
      ...(differ ? pools.map((each) => [`for each of ${each.pool}`, "", showUsd(each.perGpuHour)]) : []),
    ],
  );
}

const demand = (plan: Plan): Table | null =>
  section(plan.demand, (figures) => {
    const [powers = []] = megawattColumns([figures.map(({ power }) => power)]);
    return table(
      ["said by", ">MW"],
      figures.map(({ said }, index) => [inert(said, 60), powers[index] ?? ""]),
    );
  });
