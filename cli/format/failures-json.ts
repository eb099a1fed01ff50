import { planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import type { NodeLoad } from "../../components/power/node-loads.ts";
import { inertJson } from "./inert-json.ts";

export const FAILURES_VERSION = "millrace/failures/v1";

/** `failures --format json`: one document, as cli/schemas/failures.schema.json describes it. */
export const failuresJson = (plan: Plan, nodes: readonly NodeLoad[] | null): string =>
  inertJson(
    JSON.stringify(
      {
        apiVersion: FAILURES_VERSION,
        site: plan.site,
        plan: planDigest(plan),
        levels: plan.distribution,
        failures: plan.failures,
        nodes,
      },
      null,
      2,
    ),
  );
