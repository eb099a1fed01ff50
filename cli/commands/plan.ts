import { openSite } from "../../components/open.ts";
import { planJson } from "../../components/plan-json.ts";
import type { Plan } from "../../components/plan-types.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { chosenFormat } from "../chosen-format.ts";
import { rootFolder, shownPath, stacksOf } from "../folder.ts";
import { faultsJson } from "../format/faults-json.ts";
import { inertJson } from "../format/inert-json.ts";
import { planText } from "../format/plan-text.ts";
import { EXIT, type Io } from "../io.ts";
import { chosenSite } from "../sites.ts";

const FORMATS = ["text", "json"] as const;
const PLAN_VERSION: Plan["apiVersion"] = "millrace/plan/v1";

export interface PlanOptions {
  readonly cwd?: string;
  readonly format?: string;
}

/** `millrace plan <site>`: the plan, whatever the rules say of it. */
export function plan(name: string | undefined, options: PlanOptions, io: Io): number {
  const format = chosenFormat(options.format, FORMATS);
  const root = rootFolder(options.cwd);
  const site = chosenSite(root, name);
  const opened = openSite(shownPath(stacksOf(root)), site, null);
  if (!opened.ok) {
    if (format === "text") io.err(showFaults(opened.faults, opened.source));
    else io.out(faultsJson(PLAN_VERSION, site, opened));
    return EXIT.badInput;
  }
  io.out(format === "text" ? planText(opened.plan) : inertJson(planJson(opened.plan)));
  return EXIT.proved;
}
