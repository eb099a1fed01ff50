import { planDigest } from "../../components/plan-json.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Colours } from "../colours.ts";
import type { Judged } from "../judged.ts";
import { openGroups } from "./finding-groups.ts";
import { findingText, verdictText } from "./finding-text.ts";
import { phaseTable } from "./phase-table.ts";

/** The first screen of `check`: the phases, what is open with its place and what to change, the verdict. */
export function checkText(judged: Judged, colours: Colours): string {
  const groups = openGroups(judged.findings);
  return [
    headOf(judged, colours),
    phaseTable(judged),
    ...groups.map((group) => findingText(group, judged.opened.source, colours)),
    verdictText(judged.summary, groups[0], colours),
  ].join("\n\n");
}

function headOf({ opened: { plan }, asOf }: Judged, colours: Colours): string {
  const state = asOf.asState === null ? "as each phase stands" : `as if ${asOf.asState}`;
  return `${colours.bold(inert(plan.name, 36))}   plan ${planDigest(plan)}   ${state}   ${asOf.today}`;
}
