import type { Faulty } from "../../components/open.ts";
import { planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import { placeOfFault, type SiteSource, showPosition } from "../../components/site/source.ts";
import type { Judged } from "../judged.ts";
import { type Section, withinBudget } from "./budget.ts";
import { type Group, openGroups, othersOf, placeOf } from "./finding-groups.ts";
import { code, text } from "./inert-markdown.ts";
import { markdownTable } from "./markdown-table.ts";
import { showCount, showMoney, showTotal } from "./shown.ts";
import type { Open } from "./standing.ts";

const MAX_OTHERS = 30;
const SIGN = { proved: "✅", violated: "❌", unproved: "❓" } as const;
const TITLE: Readonly<Record<Open, string>> = {
  violated: "Violated",
  unproved: "Unproved",
  waived: "Waived",
  advisory: "Advisory: open, and not blocking yet",
};

/** A pull request's comment: verdict first, then what blocks, the plan, and, folded away, what does not block. */
export function markdown(judged: Judged): string {
  const { opened, findings } = judged;
  const groups = openGroups(findings);
  const items = (standing: Open) =>
    groups.filter((group) => group.standing === standing).map((group) => item(group, opened.source));
  const sections: readonly Section[] = [
    listed("violated", items("violated")),
    listed("unproved", items("unproved")),
    { name: "parts of the plan", opening: "### Plan", items: [planTable(opened.plan)], closing: costOf(opened.plan) },
    folded("waived", items("waived")),
    folded("advisory", items("advisory")),
  ];
  return withinBudget(
    headOf(judged),
    sections.filter((section) => section.items.length > 0),
  );
}

/** Faults of the blueprint as a comment. */
export function faultsMarkdown(site: string, { faults, source }: Faulty): string {
  const items = faults.map((fault) => {
    const told = `${text(fault.problem)}: got ${code(fault.got)}, allowed ${text(fault.allowed)}. Fix: ${text(fault.fix)}`;
    return `- ${[code(showPosition(placeOfFault(fault, source))), code(fault.path), told].filter((part) => part !== "").join(" ")}`;
  });
  const title = `## ${SIGN.violated} ${code(site)}: the blueprint cannot be read`;
  const count = `${faults.length} ${faults.length === 1 ? "fault" : "faults"}`;
  return withinBudget(`${marker(site)}\n\n${title}`, [{ name: "faults", opening: `### ${count}`, items, closing: "" }]);
}

/** By this the comment is found again and replaced. */
const marker = (site: string): string => `<!-- millrace:check:${site} -->`;

function headOf({ opened: { plan }, summary: { verdict, counts }, asOf }: Judged): string {
  const state = asOf.asState === null ? "as each phase stands" : `as if ${asOf.asState}`;
  return [
    marker(plan.site),
    `## ${SIGN[verdict]} ${code(plan.site)}: ${verdict}`,
    `${text(plan.name)} · plan ${code(planDigest(plan))} · ${state} · ${asOf.today}`,
    `${counts.proved} proved · ${counts.violated} violated · ${counts.unproved} unproved · ${counts.waived} waived · ${counts.advisory} advisory · ${counts["not-applicable"]} not applicable`,
  ].join("\n\n");
}

const listed = (standing: Open, items: readonly string[]): Section => ({
  name: standing,
  opening: `### ${TITLE[standing]}`,
  items,
  closing: "",
});

const folded = (standing: Open, items: readonly string[]): Section => ({
  name: standing,
  opening: `<details><summary>${TITLE[standing]}</summary>`,
  items,
  closing: "</details>",
});

function item(group: Group, source: SiteSource): string {
  const { rule, message, at, fix, waiver, relaxedBy } = group.first;
  const others = othersOf(group, source);
  const names = `${others.slice(0, MAX_OTHERS).map(code).join(", ")}${others.length > MAX_OTHERS ? ", …" : ""}`;
  const parts = [
    `${code(rule)} ${text(message)}.`,
    ...(others.length === 0 ? [] : [`And ${others.length} more: ${names}.`]),
    code(placeOf(at, source)),
    ...(fix === null ? [] : [`Fix: ${text(fix)}.`]),
    ...(waiver === null
      ? []
      : [`Waived until ${waiver.expires} by ${text(waiver.owner)}, ${text(waiver.ticket)}: ${text(waiver.reason)}`]),
    ...(relaxedBy === null ? [] : [`Relaxed by ${code(relaxedBy)}.`]),
  ];
  return `- ${parts.join(" ")}`;
}

const planTable = ({ phases }: Plan): string =>
  markdownTable(
    ["phase", "from", "state", ">racks", ">GPUs", ">IT"],
    phases.map(({ id, from, state, racks, gpus, it }) => [
      code(id),
      from,
      state,
      showCount(racks),
      showCount(gpus),
      showTotal(it),
    ]),
  );

const costOf = ({ cost: { capex, perHour } }: Plan): string =>
  `Cost: ${code(showMoney(capex))} to build, ${code(showMoney(perHour))} an hour`;
