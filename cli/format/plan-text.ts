import { planDigest } from "../../components/plan-json.ts";
import type { Plan, TargetPlan } from "../../components/plan-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { planSections } from "./plan-sections.ts";
import { tableText } from "./table.ts";

/** The plan as text of at most 80 columns. */
export const planText = (plan: Plan): string =>
  [
    planHead(plan),
    ...planSections(plan).map(({ title, body }) => `${title}\n${typeof body === "string" ? body : tableText(body)}`),
  ].join("\n\n");

const planHead = (plan: Plan): string =>
  `${inert(plan.name, 36)}   plan ${planDigest(plan)}   ${targetOf(plan.target)}`;

const targetOf = (target: TargetPlan): string =>
  `target ${target.kind}${target.kind === "kubernetes" ? ` ${inert(target.context, 20)}` : target.kind === "aws" ? ` ${target.region}` : ""}`;
