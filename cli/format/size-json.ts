import { moneyAsText, planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import type { Sizing } from "../../components/serving/sizing/sizing-types.ts";
import { inertJson } from "./inert-json.ts";

export const SIZE_VERSION = "millrace/size/v1";

/** `size --format json`: one document, as cli/schemas/size.schema.json describes it. */
export const sizeJson = (plan: Plan, endpoints: readonly Sizing[]): string =>
  inertJson(
    JSON.stringify({ apiVersion: SIZE_VERSION, site: plan.site, plan: planDigest(plan), endpoints }, moneyAsText, 2),
  );
