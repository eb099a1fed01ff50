import { join } from "node:path";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { checkText } from "../format/check-text.ts";
import { EXIT, type Io } from "../io.ts";
import { type JudgeOptions, judgeObjects, startJudged } from "../judged.ts";
import { renderInto, showWritten } from "../render/site.ts";

export interface RenderOptions extends JudgeOptions {
  readonly output?: string;
}

/** `millrace render <site>`: the program's objects as manifests, judged as they were recorded. */
export async function render(name: string | undefined, options: RenderOptions, io: Io): Promise<number> {
  const { root, config, judged: planned } = startJudged(name, options);
  if ("ok" in planned) {
    io.err(showFaults(planned.faults, planned.source));
    return EXIT.badInput;
  }
  const { folder, registered, written } = await renderInto(root, planned.opened, options.output);
  const judged = judgeObjects(planned.opened, registered, planned.asOf, config);
  io.out(checkText(judged, io.colour));
  io.out(`\n${showWritten(written, folder)}`);
  io.out(`next: kubectl apply --server-side --recursive -f ${join(folder, "1-manifest")}`);
  return exitCode(judged.findings);
}
