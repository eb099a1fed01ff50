import { planDigest } from "../../components/plan-json.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Colours } from "../colours.ts";
import type { Judged } from "../judged.ts";
import { openGroups } from "./finding-groups.ts";
import { findingText, verdictText } from "./finding-text.ts";
import { instanceTable } from "./instance-table.ts";
import { phaseTable } from "./phase-table.ts";
import { showMoney } from "./shown.ts";
import { tableText } from "./table.ts";

/** The first screen of `check`: the phases, what is open with its place and what to change, the verdict. */
export function checkText(judged: Judged, colours: Colours): string {
  const groups = openGroups(judged.findings);
  return [
    headOf(judged, colours),
    phaseTable(judged),
    ...rented(judged),
    ...groups.map((group) => findingText(group, judged.opened.source, colours)),
    verdictText(judged.summary, groups[0], colours),
  ].join("\n\n");
}

function headOf({ opened: { plan }, asOf }: Judged, colours: Colours): string {
  const state = asOf.asState === null ? "as each phase stands" : `as if ${asOf.asState}`;
  return `${colours.bold(inert(plan.name, 36))}   plan ${planDigest(plan)}   ${state}   ${asOf.today}`;
}

/** Instances with what all of them cost, where the site rents. */
function rented({ opened: { plan } }: Judged): readonly string[] {
  const instances = instanceTable(plan);
  return instances === null
    ? []
    : [`${tableText(instances)}\n  ${showMoney(plan.cost.perHour)} an hour with the system nodes`];
}
