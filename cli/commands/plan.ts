import type { Opened } from "../../components/open.ts";
import { planJson } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import { nodeLoads } from "../../components/power/node-loads.ts";
import { chosenFormat } from "../chosen-format.ts";
import { rootFolder } from "../folder.ts";
import { capacityReasons } from "../format/capacity-text.ts";
import { inertJson } from "../format/inert-json.ts";
import { planText } from "../format/plan-text.ts";
import { EXIT, type Io } from "../io.ts";
import { openOrTell } from "../opened.ts";
import { chosenSite } from "../sites.ts";

const FORMATS = ["text", "json", "html"] as const;
const PLAN_VERSION: Plan["apiVersion"] = "millrace/plan/v1";

export interface PlanOptions {
  readonly cwd?: string;
  readonly format?: string;
  readonly why?: boolean;
}

/** `millrace plan <site>`: the plan, whatever the rules say of it. */
export async function plan(name: string | undefined, options: PlanOptions, io: Io): Promise<number> {
  const format = chosenFormat(options.format, FORMATS);
  const root = rootFolder(options.cwd);
  const opened = openOrTell(root, chosenSite(root, name), io, format === "json" ? PLAN_VERSION : null);
  if (opened === null) return EXIT.badInput;
  io.out(await shown(opened, format, options.why === true));
  return EXIT.proved;
}

/** What draws pictures is loaded only where they are asked for. */
async function shown({ plan, electrical }: Opened, format: (typeof FORMATS)[number], why: boolean): Promise<string> {
  if (format === "text") return planText(plan, why ? capacityReasons(plan) : []);
  if (format === "json") return inertJson(planJson(plan));
  const { planPage } = await import("../report/plan-page.ts");
  return planPage(plan, nodeLoads(electrical));
}
