import type { LldpReport } from "../../components/network/fabric/lldp.ts";
import { inert } from "../../components/site/show-fault.ts";

const MOST = 200;

/** What LLDP saw against the plan: each port that is not as planned, then what was not seen at all. */
export function lldpText({ asPlanned, miswired, unseen, firstUnseen }: LldpReport): string {
  const told = miswired.slice(0, MOST).map(({ line, mistake, at, got, wanted }) => {
    const planned = wanted === null ? "the plan has no such port" : `planned ${wanted}`;
    return `  line ${line}  ${mistake}  ${inert(at)}: sees ${inert(got)}, ${planned}`;
  });
  const more = miswired.length > MOST ? [`  and ${miswired.length - MOST} more`] : [];
  const missing = firstUnseen.map((cable) => `  unseen  ${inert(cable)}`);
  const left = unseen > firstUnseen.length ? [`  and ${unseen - firstUnseen.length} more`] : [];
  return [
    `${asPlanned} ports as planned · ${miswired.length} not · ${unseen} cables unseen`,
    ...told,
    ...more,
    ...missing,
    ...left,
  ].join("\n");
}
