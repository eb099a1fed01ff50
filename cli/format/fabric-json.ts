import { planDigest } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import { inertJson } from "./inert-json.ts";

export const FABRIC_VERSION = "millrace/fabric/v1";

/** `fabric --format json` of a system and its switch, or of a reference architecture, as cli/schemas/fabric.schema.json describes it. */
export const fabricJson = (sized: object): string =>
  inertJson(JSON.stringify({ apiVersion: FABRIC_VERSION, ...sized }, null, 2));

/** The same of the fabrics of a site. */
export const siteFabricJson = (plan: Plan): string => {
  const { fabrics, racks } = plan.network;
  return fabricJson({ site: plan.site, plan: planDigest(plan), fabrics, racks });
};
