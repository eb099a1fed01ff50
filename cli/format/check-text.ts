import pc from "picocolors";
import { planDigest } from "../../components/plan-json.ts";
import type { PhasePlan } from "../../components/plan-types.ts";
import type { Total } from "../../components/quantity.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Finding } from "../../policies/finding.ts";
import type { Judged } from "../judged.ts";
import { type Group, openGroups, placeOf, type Standing, shortName, standingOf } from "./finding-lines.ts";
import { table } from "./table.ts";

const MARK: Readonly<Record<Exclude<Standing, "holds">, string>> = {
  violated: "✗",
  unproved: "?",
  waived: "~",
  advisory: "!",
};
const MAX_NAMES = 6;
const WIDTH = 80;

/** The first screen of `check`: the verdict, the phases, what is open with its place and what to change. */
export function checkText(judged: Judged, colour: boolean): string {
  const { opened, findings, summary } = judged;
  const paint = pc.createColors(colour);
  const tone = {
    violated: paint.red,
    unproved: paint.yellow,
    waived: paint.cyan,
    advisory: paint.dim,
    proved: paint.green,
  } as const;
  const head = `${paint.bold(inert(opened.plan.name, 40))}   plan ${planDigest(opened.plan)}   as ${judged.asOf.asState ?? "each phase stands"}   ${judged.asOf.today}`;
  const groups = openGroups(findings).map((group) =>
    entry(group, judged, (text) => tone[group.standing as keyof typeof tone](text)),
  );
  const verdict = tone[summary.verdict](paint.bold(summary.verdict));
  return [head, phases(judged), ...groups, wrapped(`${verdict}   ${counts(judged)}`).join("\n"), ...why(findings)]
    .filter((text) => text !== "")
    .join("\n\n");
}

function phases({ opened: { plan }, findings }: Judged): string {
  const rows = plan.phases.map((phase) => {
    const row = plan.ledger.find(({ quarter }) => quarter === phase.from);
    const known = row !== undefined && row.firm.missing.length === 0 && row.meter.missing.length === 0;
    return [
      inert(phase.id, 20),
      phase.from,
      phase.state,
      row === undefined ? "unknown" : inMegawatts(row.meter),
      row === undefined ? "unknown" : inMegawatts(row.firm),
      known ? megawatts(row.firm.known - row.meter.known) : "unknown",
      worst(
        phase,
        plan.pools.filter((pool) => pool.phase === phase.id).map(({ id }) => id),
        findings,
      ),
    ];
  });
  return table(["phase", "from", "state", ">load MW", ">firm MW", ">margin", "verdict"], rows);
}

/** A floor where something is missing. */
function inMegawatts({ known, missing }: Total): string {
  if (missing.length === 0) return megawatts(known);
  return known === 0 ? "unknown" : `≥ ${megawatts(known)}`;
}

const megawatts = (value: number): string => (value / 1e6).toFixed(Math.abs(value) < 1e7 ? 3 : 1);

/** The gravest of what is said of a phase, its pools and its first quarter; what does not block yet is "planned". */
function worst(phase: PhasePlan, pools: readonly string[], findings: readonly Finding[]): string {
  const own = findings.filter(
    ({ subject }) =>
      subject === phase.from ||
      subject.startsWith(`phases.${phase.id}.`) ||
      pools.some((pool) => subject === `pools.${pool}`),
  );
  const standings = new Set(own.map(standingOf));
  if (standings.has("violated")) return "violated";
  if (standings.has("unproved")) return "unproved";
  return standings.has("advisory") ? "not yet" : "proved";
}

function entry({ standing, first, more }: Group, { opened }: Judged, tone: (text: string) => string): string {
  const names = [first, ...more].map(shortName);
  const listed =
    more.length === 0
      ? ""
      : ` and ${more.length} more of its kind: ${names.slice(1, MAX_NAMES).join(", ")}${names.length > MAX_NAMES ? ", …" : ""}`;
  const lines = [
    `${tone(MARK[standing as keyof typeof MARK])} ${tone(first.rule)}   ${inert(`${first.message}${listed}`, 600)}`,
    `    ${placeOf(first.at, opened)}${first.fix === null ? "" : `   fix: ${inert(first.fix, 300)}`}`,
    ...(first.waiver === null
      ? []
      : [
          `    waived until ${first.waiver.expires} by ${inert(first.waiver.owner)} (${inert(first.waiver.ticket)}): ${inert(first.waiver.reason, 300)}`,
        ]),
    ...(first.relaxedBy === null ? [] : [`    relaxed by ${inert(first.relaxedBy)}`]),
  ];
  return lines.flatMap((line) => wrapped(line)).join("\n");
}

function counts({ summary: { counts: count } }: Judged): string {
  const parts = [
    `${count.proved} proved`,
    `${count.violated} violated`,
    `${count.unproved} unproved`,
    ...(count.waived > 0 ? [`${count.waived} waived`] : []),
    ...(count.advisory > 0 ? [`${count.advisory} not yet mandatory`] : []),
    `${count["not-applicable"]} not applicable`,
  ];
  return parts.join(" · ");
}

/** Where to read more of what is open. */
function why(findings: readonly Finding[]): readonly string[] {
  const [group] = openGroups(findings);
  return group === undefined ? [] : [`why: millrace explain ${group.first.rule}`];
}

/** Breaks a line at spaces, further lines indented; colours count as nothing. */
function wrapped(line: string): readonly string[] {
  const lines: string[] = [];
  let current = /^ */.exec(line)?.[0] ?? "";
  let isEmpty = true;
  for (const word of line.trimStart().split(" ")) {
    const next = isEmpty ? `${current}${word}` : `${current} ${word}`;
    if (!isEmpty && visible(next) > WIDTH) {
      lines.push(current);
      current = `    ${word}`;
    } else current = next;
    isEmpty = false;
  }
  return [...lines, current];
}

const ESCAPE = String.fromCodePoint(27);
const visible = (text: string): number =>
  text
    .split(ESCAPE)
    .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, "")))
    .join("").length;
