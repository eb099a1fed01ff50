import { planDigest } from "../../components/plan-json.ts";
import { showUsd } from "../../components/quantity.ts";
import type { Fault } from "../../components/site/fault.ts";
import type { SiteSource } from "../../components/site/load.ts";
import { inert } from "../../components/site/show-fault.ts";
import type { Finding } from "../../policies/finding.ts";
import type { Judged } from "../judged.ts";
import { type Group, openGroups, placeOf, type Standing, shortName } from "./finding-lines.ts";
import { showTotal } from "./plan-text.ts";

/** A comment of GitHub takes 65,536 characters; bytes are never fewer. */
const BUDGET_BYTES = 60_000;
const MAX_NAMES = 12;

const TITLE: Readonly<Record<Exclude<Standing, "holds">, string>> = {
  violated: "Violated",
  unproved: "Unproved",
  waived: "Waived",
  advisory: "Not yet mandatory",
};

/** A pull request's comment: verdict first, what blocks, the plan; the rest folded away and cut whole at the budget. */
export function markdown(judged: Judged): string {
  const { opened, summary, asOf } = judged;
  const { plan } = opened;
  const groups = openGroups(judged.findings);
  const of = (standing: Standing) => groups.filter((group) => group.standing === standing);
  const head = [
    marker(plan.site),
    `## ${summary.verdict === "proved" ? "✅" : summary.verdict === "violated" ? "❌" : "❓"} ${code(plan.site)}: ${summary.verdict}`,
    `${text(plan.name)}, plan ${code(planDigest(plan))}, as ${asOf.asState ?? "each phase stands"}, ${asOf.today}`,
    `${summary.counts.proved} proved · ${summary.counts.violated} violated · ${summary.counts.unproved} unproved · ${summary.counts.waived} waived · ${summary.counts.advisory} not yet mandatory · ${summary.counts["not-applicable"]} not applicable`,
  ].join("\n\n");
  const sections = [
    ...(["violated", "unproved"] as const).flatMap((standing) =>
      of(standing).length === 0
        ? []
        : [
            `### ${TITLE[standing]}\n\n${of(standing)
              .map((group) => item(group, judged))
              .join("\n")}`,
          ],
    ),
    planTable(judged),
    ...(["waived", "advisory"] as const).flatMap((standing) =>
      of(standing).length === 0
        ? []
        : [
            folded(
              TITLE[standing],
              of(standing)
                .map((group) => item(group, judged))
                .join("\n"),
            ),
          ],
    ),
  ];
  return fitted(head, sections);
}

/** Faults of the blueprint as a comment. */
export const faultsMarkdown = (site: string, faults: readonly Fault[], source: SiteSource): string =>
  fitted(
    `${marker(site)}\n\n## ❌ ${code(site)}: the blueprint has ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`,
    faults.map((fault) => {
      const { file, line, column } = source.locate(fault.path, fault.atKey === true ? "key" : "value");
      return `- ${code(`${file}:${line}:${column}`)} ${code(fault.path)} ${text(fault.problem)}: got ${code(fault.got)}, allowed ${text(fault.allowed)}. ${text(fault.fix)}`;
    }),
  );

/** By this the comment is found again and replaced. */
const marker = (site: string): string => `<!-- millrace:check:${site.replace(/[^a-z0-9-]/g, "-")} -->`;

function item({ first, more }: Group, { opened }: Judged): string {
  const names = more.map((finding: Finding) => code(shortName(finding)));
  const listed =
    more.length === 0
      ? ""
      : ` And ${more.length} more: ${names.slice(0, MAX_NAMES).join(", ")}${names.length > MAX_NAMES ? ", …" : ""}.`;
  const waiver =
    first.waiver === null
      ? ""
      : ` Waived until ${first.waiver.expires} by ${text(first.waiver.owner)} (${text(first.waiver.ticket)}): ${text(first.waiver.reason)}`;
  return `- ${code(first.rule)} ${text(first.message)}.${listed} ${code(placeOf(first.at, opened))}${first.fix === null ? "" : ` Fix: ${text(first.fix)}`}${waiver}${first.relaxedBy === null ? "" : ` Relaxed by ${code(first.relaxedBy)}.`}`;
}

function planTable({ opened: { plan } }: Judged): string {
  const rows = plan.phases.map(
    ({ id, from, state, racks, gpus, it }) =>
      `| ${code(id)} | ${from} | ${state} | ${racks.toLocaleString("en-US")} | ${gpus === null ? "unknown" : gpus.toLocaleString("en-US")} | ${showTotal(it)} |`,
  );
  const { capex, perHour } = plan.cost;
  const cost = `Cost: ${capex.missing.length > 0 ? "at least " : ""}${showUsd(capex.known)} to build, ${perHour.missing.length > 0 ? "at least " : ""}${showUsd(perHour.known)} an hour`;
  return `### Plan\n\n| phase | from | state | racks | GPUs | IT |\n|---|---|---|---:|---:|---:|\n${rows.join("\n")}\n\n${cost}`;
}

const folded = (title: string, body: string): string => `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;

/** Whole sections until the budget is spent; what was cut is said. */
function fitted(head: string, sections: readonly string[]): string {
  const kept: string[] = [];
  let bytes = Buffer.byteLength(head);
  for (const section of sections) {
    const size = Buffer.byteLength(section) + 2;
    if (bytes + size > BUDGET_BYTES) continue;
    kept.push(section);
    bytes += size;
  }
  const cut = sections.length - kept.length;
  return [
    head,
    ...kept,
    ...(cut === 0 ? [] : [`_${cut} of ${sections.length} sections did not fit: run millrace check for all of it._`]),
  ].join("\n\n");
}

/** Text that GitHub shows as it is: no markup, no mention, no reference, no link. */
function text(value: string): string {
  return inert(value, 600)
    .replace(/[\\`*_{}[\]<>#!|~&$]/g, (char) => `&#${char.codePointAt(0)};`)
    .replaceAll("@", "&#64;")
    .replace(/(https?|ftp|www)(?=[:.])/gi, (word) => `${word.slice(0, 1)}&#8203;${word.slice(1)}`);
}

/** A code span that its own content cannot close. */
function code(value: string): string {
  const shown = inert(value, 200).replaceAll("`", "ˋ").replaceAll("|", "¦");
  return shown === "" ? "" : `\`${shown}\``;
}
