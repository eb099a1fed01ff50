import type { PhasePlan, Plan } from "../../components/plan-types.ts";
import type { Finding } from "../../policies/finding.ts";
import type { Judged } from "../judged.ts";
import { marginOf, megawattColumns } from "./megawatts.ts";
import { showCount } from "./shown.ts";
import { standingOf } from "./standing.ts";
import { drawTable } from "./table.ts";

/** Phases of instances: no supply of ours to hold against. */
const RENTED_UNIT = "  instances are rented: their power is the landlord's";
const UNIT = "  MW at the meter when the phase comes";
const ADVISORY = "; (…) does not block yet";

/** Each phase with what the site needs at the meter and has firm when it comes, and the gravest verdict on it. */
export function phaseTable({ opened: { plan }, findings }: Judged): string {
  const rows = plan.phases.map((phase) => plan.ledger.find(({ quarter }) => quarter === phase.from) ?? null);
  const powers = megawattColumns([
    rows.map((row) => row?.meter ?? null),
    rows.map((row) => row?.firm ?? null),
    rows.map((row) => (row === null ? null : marginOf(row))),
  ]);
  const verdicts = plan.phases.map((phase) => {
    const quarters = quartersOf(phase, plan);
    const pools = plan.pools.filter((pool) => pool.phase === phase.id).map(({ id }) => `pools.${id}`);
    return worst(findings.filter(({ subject }) => quarters.includes(subject) || isOf(subject, phase.id, pools)));
  });
  const isRented = plan.target.kind === "aws";
  const figures = isRented ? [plan.phases.map(({ gpus }) => showCount(gpus))] : powers;
  const drawn = drawTable(
    ["phase", "from", "state", ...(isRented ? [">GPUs"] : [">needs", ">firm", ">margin"]), "verdict"],
    plan.phases.map(({ id, from, state }, index) => [
      id,
      from,
      state,
      ...[...figures, verdicts].map((column) => column[index] ?? ""),
    ]),
  );
  return `${drawn}\n${isRented ? RENTED_UNIT : UNIT}${verdicts.some((verdict) => verdict.startsWith("(")) ? ADVISORY : ""}`;
}

/** The quarters that a phase answers for: from its own to the next that another one brings. */
function quartersOf({ from }: PhasePlan, { phases, ledger }: Plan): readonly string[] {
  const later = phases.map((phase) => phase.from).filter((quarter) => quarter > from);
  const next = later.sort()[0];
  return ledger
    .map(({ quarter }) => quarter)
    .filter((quarter) => quarter >= from && (next === undefined || quarter < next));
}

const isOf = (subject: string, phase: string, pools: readonly string[]): boolean =>
  subject === `phases.${phase}` || subject.startsWith(`phases.${phase}.`) || pools.includes(subject);

function worst(findings: readonly Finding[]): string {
  const blocking = new Set(findings.map(standingOf));
  if (blocking.has("violated")) return "violated";
  if (blocking.has("unproved")) return "unproved";
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has("violated")) return "(violated)";
  return verdicts.has("unproved") ? "(unproved)" : "proved";
}
