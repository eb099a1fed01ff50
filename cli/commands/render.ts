import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { showApply } from "../built.ts";
import { checkText } from "../format/check-text.ts";
import { EXIT, type Io } from "../io.ts";
import { isFaulty, type JudgeOptions, judgeObjects, judgeSite } from "../judged.ts";
import { record } from "../render/record.ts";
import { showRendered, writeSite } from "../render/site.ts";

/** `millrace render <site>`: the program's objects as manifests, judged as they were recorded; what blocks `up` blocks this. */
export async function render(
  name: string | undefined,
  options: JudgeOptions & { readonly output?: string },
  io: Io,
): Promise<number> {
  const { root, site, asOf, config, judged } = judgeSite(name, options);
  if (isFaulty(judged)) {
    io.err(showFaults(judged.faults, judged.source));
    return EXIT.badInput;
  }
  const registered = await record(judged.opened);
  const recorded = judgeObjects(judged.opened, registered, asOf, config);
  io.out(checkText(recorded, io.colours));
  const code = exitCode(recorded.findings);
  if (code !== EXIT.proved) {
    io.err(`\nnothing written: the verdict is ${recorded.summary.verdict}`);
    return code;
  }
  const rendered = writeSite(root, site, registered, options.output);
  io.out(`\n${showRendered(rendered)}`);
  io.out(`next: ${showApply(rendered.folder)}`);
  return code;
}
