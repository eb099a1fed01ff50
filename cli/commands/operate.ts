import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { isRendered, showBuilt, showChanges, showNext } from "../built.ts";
import { runOnEngine } from "../engine-run.ts";
import { checkText } from "../format/check-text.ts";
import { planText } from "../format/plan-text.ts";
import { EXIT, type Io } from "../io.ts";
import { isFaulty, type JudgeOptions, judgeSite } from "../judged.ts";
import { record } from "../render/record.ts";
import { showRendered, writeSite } from "../render/site.ts";

/**
 * `millrace preview|up <site>`: the plan and the verdict first, then the engine with the policy pack. What is violated
 * or unproved never reaches the engine.
 */
export async function operate(
  operation: "preview" | "up",
  name: string | undefined,
  options: JudgeOptions,
  io: Io,
): Promise<number> {
  const chosen = judgeSite(name, options);
  const { root, site, judged } = chosen;
  if (isFaulty(judged)) {
    io.err(showFaults(judged.faults, judged.source));
    return EXIT.badInput;
  }
  const { opened } = judged;
  io.out(`${planText(opened.plan)}\n\n${checkText(judged, io.colours)}`);
  const code = exitCode(judged.findings);
  if (code !== EXIT.proved) {
    io.err(`\nnot started: the verdict is ${judged.summary.verdict}`);
    return code;
  }
  const run = await runOnEngine(operation, chosen, opened, io);
  if (!run.ok) return run.code;

  io.out(`\n${showChanges(operation, site, run.done.changes)}`);
  if (operation === "up") {
    io.out(showBuilt(opened.plan));
    // The provider writes a file when its object changes; one that is missing or was edited by hand is put right here.
    if (isRendered(opened.plan)) {
      io.out(showRendered(writeSite(root, site, await record(opened), undefined)));
    }
  }
  io.out(`next: ${showNext(operation, opened.plan)}`);
  return EXIT.proved;
}
