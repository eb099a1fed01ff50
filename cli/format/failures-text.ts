import { planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import type { NodeLoad } from "../../components/power/node-loads.ts";
import type { FailurePlan, LevelPlan, OutageState, Span } from "../../components/power/power-types.ts";
import { showWatts, type Watts } from "../../components/quantity.ts";
import { inert } from "../../components/site/show-fault.ts";
import { showCount, showTotal } from "./shown.ts";
import { drawTable } from "./table.ts";

/** Every outage of the one-line as text of at most 80 columns: what carries most, who loses power, what bridges. */
export function failuresText(plan: Plan, nodes: readonly NodeLoad[] | null): string {
  const head = `${inert(plan.name, 36)}   plan ${planDigest(plan)}`;
  const { failures } = plan;
  if (failures === null) return `${head}\n\nThe blueprint states no one-line: power.distribution is empty.`;
  const sections: readonly (readonly [title: string, body: string | null])[] = [
    ["The most that one element of each level carries", levels(plan.distribution)],
    ["Loads of the pairs that share systems, nothing out", pairs(plan.distribution)],
    ["Outages that take power from racks", losses(failures)],
    ["Stored energy until the reserve carries the load", bridging(failures)],
    ["Load that a genset takes over in one step", starts(failures)],
    ["Not failed", notFailed(failures)],
    ["Every node", nodes === null ? null : everyNode(nodes)],
  ];
  return [
    `${head}\n${counted(failures)}`,
    ...sections.flatMap(([title, body]) => (body === null ? [] : [`${title}\n${body}`])),
  ].join("\n\n");
}

function counted({ nodes, states, steps }: FailurePlan): string {
  const { single, maintenance, stated } = states;
  const each = [
    `${showCount(single)} single outages`,
    ...(maintenance > 0 ? [`${showCount(maintenance)} during maintenance`] : []),
    ...(stated > 0 ? [`${showCount(stated)} stated`] : []),
  ].join(", ");
  return `${showCount(nodes)} nodes; ${each}; in each step of the phases: ${steps.map(({ quarter }) => quarter).join(", ")}`;
}

const some = <Row>(rows: readonly Row[], draw: (rows: readonly Row[]) => string): string | null =>
  rows.length === 0 ? null : draw(rows);

/** Buildings whose level is the same are one row; the element shown is that of the first. */
const levels = (all: readonly LevelPlan[]): string | null =>
  some(all, () =>
    drawTable(
      ["level", ">elements", ">usable", ">worst", ">used", "where, with what out"],
      [...Map.groupBy(all, alike).values()].map((group) => {
        const [first] = group as [LevelPlan];
        const { id, usable, worst } = first;
        return [
          group.length === 1 ? id : `${id} ×${group.length}`,
          showCount(group.reduce((sum, { elements }) => sum + elements, 0)),
          showWatts(usable),
          showTotal(worst.load),
          used(usable, worst.load.missing.length > 0 ? null : worst.load.known),
          `${worst.element}, ${outOf(worst.state, worst.element)}`,
        ];
      }),
    ),
  );

/** The same but for the name of the building. */
const alike = ({ id, usable, worst, elements }: LevelPlan): string =>
  [id, usable, elements, worst.load.known, worst.load.missing.length, worst.state.cause].join("|");

/** The lightest and the heaviest pair of each level that has any. */
const pairs = (all: readonly LevelPlan[]): string | null =>
  some(
    all.flatMap(({ pairs: of }) => of ?? []),
    (rows) =>
      drawTable(
        [">lightest", "on", ">heaviest", "on", ""],
        rows.map(({ lightest, heaviest }) => [
          showWatts(lightest.watts),
          lightest.elements.join(" and "),
          showWatts(heaviest.watts),
          heaviest.elements.join(" and "),
          heaviest.watts > lightest.watts ? "unbalanced" : "balanced",
        ]),
      ),
  );

/** Whole percents, rounded up: 100 % is the limit, and what is above it never shows as at it. */
const used = (usable: Watts | null, load: Watts | null): string =>
  usable === null || load === null ? "unknown" : `${Math.ceil((load / usable) * 100 - 1e-9)} %`;

/** What is out, by names that start where the element's place ends: "rpp-2" beside b1.h1.p1.rpp-1. */
function outOf({ cause, out }: OutageState, beside = ""): string {
  const [first = "", second = ""] = out.map((id) => within(id, beside));
  if (cause === "normal") return "nothing";
  if (cause === "maintenance") return `${first} (maintained) and ${second}`;
  return out.length <= 2 ? out.map((id) => within(id, beside)).join(" and ") : `${first} and ${out.length - 1} more`;
}

function within(id: string, beside: string): string {
  const place = beside.split(".");
  const parts = id.split(".");
  const shared = parts.findIndex((part, index) => part !== place[index]);
  return parts.slice(Math.min(shared === -1 ? parts.length - 1 : shared, parts.length - 1)).join(".");
}

const losses = ({ losses: all }: FailurePlan): string =>
  all.length === 0
    ? "  none: each outage leaves every rack with power"
    : drawTable(
        ["with out", ">alike", ">racks dark", ">by choice", ">waiting", ">for"],
        all.map(({ state, states, racks, accepted, interrupted, longest }) => [
          outOf(state),
          showCount(states),
          showCount(racks),
          showCount(accepted),
          showCount(interrupted),
          interrupted === 0 ? "" : showSpan(longest),
        ]),
      );

const showSpan = ({ seconds, missing }: Span): string =>
  missing.length === 0 ? showSeconds(seconds) : seconds === 0 ? "unknown" : `≥ ${showSeconds(seconds)}`;

const showSeconds = (seconds: number): string =>
  `${seconds.toLocaleString("en-US", { maximumFractionDigits: seconds < 1 ? 3 : 1 })} s`;

const bridging = ({ bridging: all }: FailurePlan): string | null =>
  some(all, () =>
    drawTable(
      ["element", "with out", ">until carried", ">stored"],
      all.map(({ element, state, gap, ridesSeconds }) => [
        element,
        outOf(state, element),
        showSpan(gap),
        ridesSeconds === null ? "unknown" : showSeconds(ridesSeconds),
      ]),
    ),
  );

const starts = ({ starts: all }: FailurePlan): string | null =>
  some(all, () =>
    drawTable(
      ["element", "with out", ">step", ">accepts"],
      all.map(({ element, state, step, ratedWatts, accepts }) => [
        element,
        outOf(state, element),
        showTotal(step),
        showWatts(ratedWatts === null || accepts === null ? null : (Math.floor(ratedWatts * accepts) as Watts)),
      ]),
    ),
  );

const notFailed = ({ notFailed: all }: FailurePlan): string | null =>
  some(all, () =>
    drawTable(
      ["what", ">nodes", "why"],
      all.map(({ what, nodes, why }) => [what, showCount(nodes), why]),
    ),
  );

const everyNode = (nodes: readonly NodeLoad[]): string =>
  drawTable(
    ["node", ">usable", ">nothing out", ">worst", "with out"],
    nodes.map(({ id, usable, normal, worst, complete, state }) => [
      id,
      usable === "none" ? "" : showWatts(usable),
      floorOf(normal, complete),
      floorOf(worst, complete),
      outOf(state, id),
    ]),
  );

const floorOf = (watts: Watts, complete: boolean): string =>
  showTotal({ known: watts, missing: complete ? [] : ["below"] });
