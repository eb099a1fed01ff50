import { inert } from "../../components/site/show-fault.ts";
import type { SiteSource } from "../../components/site/source.ts";
import type { Summary } from "../../policies/check.ts";
import type { Colours } from "../colours.ts";
import { type Group, othersOf, placeOf } from "./finding-groups.ts";
import type { Open } from "./standing.ts";
import { wrap } from "./wrap.ts";

const MARK: Readonly<Record<Open, string>> = { violated: "✗", unproved: "?", waived: "~", advisory: "!" };
const TONE = { violated: "red", unproved: "yellow", waived: "cyan", advisory: "dim", proved: "green" } as const;
/** Longer than any message of a rule, so that nothing of one is lost; shorter than what would bury the others. */
const MAX_TEXT = 4_000;
const MAX_OTHERS = 60;

/** What is open, with its place and what to change. */
export function findingText(group: Group, source: SiteSource, colours: Colours): string {
  const { standing, first } = group;
  const paint = colours[TONE[standing]];
  const others = othersOf(group, source);
  const listed =
    others.length === 0
      ? ""
      : `; and ${others.length} more: ${others.slice(0, MAX_OTHERS).join(", ")}${others.length > MAX_OTHERS ? ", …" : ""}`;
  const { waiver, relaxedBy, fix } = first;
  return [
    `${paint(MARK[standing])} ${paint(first.rule)}  ${inert(`${first.message}${listed}`, MAX_TEXT)}`,
    `    ${placeOf(first.at, source)}${fix === null ? "" : `  fix: ${inert(fix, MAX_TEXT)}`}`,
    ...(waiver === null
      ? []
      : [
          `    waived until ${waiver.expires} by ${inert(waiver.owner)}, ${inert(waiver.ticket)}: ${inert(waiver.reason, MAX_TEXT)}`,
        ]),
    ...(relaxedBy === null ? [] : [`    relaxed by ${inert(relaxedBy)}`]),
  ]
    .map((line) => wrap(line, 4))
    .join("\n");
}

/** The verdict stands last, where the eye is when the command has ended. */
export function verdictText({ verdict, counts }: Summary, gravest: Group | undefined, colours: Colours): string {
  const parts = [
    `${counts.proved} proved`,
    `${counts.violated} violated`,
    `${counts.unproved} unproved`,
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.advisory > 0 ? [`${counts.advisory} advisory`] : []),
    `${counts["not-applicable"]} not applicable`,
  ];
  const paint = colours[TONE[verdict]];
  const why = gravest === undefined ? "" : `   why: millrace explain ${gravest.first.rule}`;
  return `${wrap(parts.join(" · "), 4)}\nverdict: ${paint(colours.bold(verdict))}${why}`;
}
