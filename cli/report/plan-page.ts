import { planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import type { NodeLoad } from "../../components/power/node-loads.ts";
import { drawDot } from "../draw/graphviz.ts";
import { hallPlan } from "../draw/hall-plan.ts";
import { ledgerChart } from "../draw/ledger-chart.ts";
import { oneLineDot } from "../draw/one-line.ts";
import { capacityReasons } from "../format/capacity-text.ts";
import { planSections } from "../format/plan-sections.ts";
import { htmlPage, type Part } from "./page.ts";

/** The plan as one HTML document, the pictures first. */
export async function planPage(plan: Plan, nodes: readonly NodeLoad[]): Promise<string> {
  return htmlPage({
    title: plan.name,
    about: `${plan.site} · plan ${planDigest(plan)} · target ${plan.target.kind}`,
    parts: [
      ...(await oneLine(plan, nodes)),
      ...(await ledger(plan)),
      ...halls(plan),
      ...planSections(plan),
      ...capacityReasons(plan),
    ],
  });
}

async function oneLine(plan: Plan, nodes: readonly NodeLoad[]): Promise<readonly Part[]> {
  if (nodes.length === 0) return [];
  const reading =
    "Each box: the most that the element carries in any outage, of what it may carry. Green: up to 80 % of it; yellow: up to all of it; red: beyond; grey: not known. " +
    "✕ is out in the state that asks most of the element nearest to its limit. Dashed: a reserve. Of equal buildings, halls, pods and racks one is drawn.";
  return [{ title: "One-line", svg: await drawDot(oneLineDot(plan, nodes)), reading }];
}

async function ledger(plan: Plan): Promise<readonly Part[]> {
  const svg = await ledgerChart(plan);
  if (svg === null) return [];
  const reading = "What is not known at all has no line; a triangle is a sum that lacks something: at least so much.";
  return [{ title: "Load and supply, by quarter", svg, reading }];
}

function halls(plan: Plan): readonly Part[] {
  const svg = hallPlan(plan);
  if (svg === null) return [];
  const reading =
    "Racks and rows to scale; what stands in the row beside them shares the length that is stated for it, and what stands along the wall " +
    "has no stated place. Dashed walls are not known. Halls that are alike are drawn once.";
  return [{ title: "Halls from above", svg, reading }];
}
