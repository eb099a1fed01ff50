import { planDigest } from "../../components/plan-json.ts";
import type { Plan, TargetPlan } from "../../components/plan-types.ts";
import { inert } from "../../components/site/show-fault.ts";
import { planSections, type Section } from "./plan-sections.ts";
import { tableText } from "./table.ts";

/** The plan as text of at most 80 columns, and after it what is asked for beside it. */
export const planText = (plan: Plan, more: readonly Section[] = []): string =>
  [
    planHead(plan),
    ...[...planSections(plan), ...more].map(
      ({ title, body }) => `${title}\n${typeof body === "string" ? body : tableText(body)}`,
    ),
  ].join("\n\n");

const planHead = (plan: Plan): string =>
  `${inert(plan.name, 36)}   plan ${planDigest(plan)}   ${targetOf(plan.target)}`;

const targetOf = (target: TargetPlan): string =>
  `target ${target.kind}${target.kind === "kubernetes" ? ` ${inert(target.context, 20)}` : target.kind === "aws" ? ` ${target.region}` : ""}`;
