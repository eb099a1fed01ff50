import type { Plan } from "../../components/plan-types.ts";
import { loadTargets } from "../../components/power/load-target.ts";
import type { CurtailmentPlan } from "../../components/power/power-types.ts";
import { didYouMean } from "../../components/site/nearest.ts";
import { rootFolder } from "../folder.ts";
import { inertJson } from "../format/inert-json.ts";
import { EXIT, type Io } from "../io.ts";
import { openOrTell } from "../opened.ts";
import { Problem } from "../problem.ts";
import { chosenSite } from "../sites.ts";

export interface CurtailOptions {
  readonly cwd?: string;
  readonly agreement?: string;
  readonly start?: string;
}

/** `millrace curtail <site>`: the call of one agreement as the payload of a DSX Flex load target. */
export function curtail(name: string | undefined, options: CurtailOptions, io: Io): number {
  const start = startOf(options.start);
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io);
  if (opened === null) return EXIT.badInput;
  const call = chosenCall(opened.plan, options.agreement, start);
  const row = opened.plan.ledger.find(({ quarter }) => quarter === call.quarter);
  const message = row === undefined ? null : loadTargets(call, row, start);
  if (message === null) {
    const unknown = [...new Set([...call.meter.missing, ...call.required.missing])];
    io.err(`unproved: ${unknown.length === 0 ? `${call.at}.duration` : unknown.join(", ")} is not known`);
    return EXIT.unproved;
  }
  io.out(inertJson(JSON.stringify(message, null, 2)));
  return EXIT.proved;
}

/** The agreement by name, where there are several, at the load that stands when the call starts; without a start, the last. */
function chosenCall({ curtailment }: Plan, name: string | undefined, start: Date | null): CurtailmentPlan {
  const agreements = [...new Set(curtailment.map(({ agreement }) => agreement))];
  const wanted = name ?? (agreements.length === 1 ? agreements[0] : undefined);
  const quarter = start === null ? null : quarterOf(start);
  const call = curtailment.findLast(
    (each) => each.agreement === wanted && (quarter === null || each.quarter <= quarter),
  );
  if (call !== undefined) return call;
  if (wanted !== undefined && agreements.includes(wanted)) {
    const first = curtailment.find(({ agreement }) => agreement === wanted)?.quarter ?? "";
    const fix = "start later, or leave the start out";
    throw new Problem({ what: "--start: no load yet", got: quarter ?? "", allowed: `${first} or later`, fix });
  }
  const allowed = agreements.length === 0 ? "none: the site has no agreement to draw less" : agreements.join(", ");
  const otherwise = agreements.length === 0 ? "state one under power.curtailment" : "name one of them";
  throw new Problem({
    what: "--agreement",
    got: name ?? "none",
    allowed,
    fix: name === undefined ? otherwise : didYouMean(name, agreements, otherwise),
  });
}

const quarterOf = (date: Date): string => `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;

function startOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (date.getTime() > 0 && date.toISOString().startsWith(text.slice(0, -1))) return date;
  const fix = "write day and time in UTC";
  throw new Problem({ what: "--start", got: text, allowed: "a time in UTC, as in 2027-01-15T17:00:00Z", fix });
}
