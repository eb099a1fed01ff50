import { openSite } from "../../components/open.ts";
import { planJson } from "../../components/plan-json.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { chosenFormat, chosenSite, rootFolder, shownStacks } from "../choice.ts";
import { planText } from "../format/plan-text.ts";
import { EXIT, type Io } from "../io.ts";

const PLAN_FORMATS = ["text", "json"] as const;

export interface PlanOptions {
  readonly cwd?: string;
  readonly format: string;
}

/** `millrace plan <site>`: the plan, whatever the rules say of it. */
export function plan(site: string | undefined, options: PlanOptions, io: Io): number {
  const format = chosenFormat(options.format, PLAN_FORMATS);
  const root = rootFolder(options.cwd);
  const opened = openSite(shownStacks(root), chosenSite(root, site), null);
  if (!opened.ok) {
    io.err(showFaults(opened.faults, opened.source));
    return EXIT.badInput;
  }
  io.out(format === "json" ? planJson(opened.plan) : planText(opened.plan));
  return EXIT.proved;
}
