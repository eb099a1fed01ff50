import { join } from "node:path";
import { showFaults } from "../../components/site/show-fault.ts";
import { exitCode } from "../../policies/check.ts";
import { asOf, chosenSite, rootFolder } from "../choice.ts";
import { checkText } from "../format/check-text.ts";
import { EXIT, type Io } from "../io.ts";
import { judgeObjects, judgeSite, packConfig } from "../judged.ts";
import { renderInto, showWritten } from "../render/site.ts";

export interface RenderOptions {
  readonly cwd?: string;
  readonly asOf?: string;
  readonly policyPackConfig?: string;
  readonly output?: string;
}

/** `millrace render <site>`: the program's objects as manifests, judged as they were recorded. */
export async function render(name: string | undefined, options: RenderOptions, io: Io): Promise<number> {
  const when = asOf(options.asOf);
  const config = packConfig(options.policyPackConfig);
  const root = rootFolder(options.cwd);
  const site = chosenSite(root, name);
  const planned = judgeSite(root, site, when, config);
  if ("ok" in planned) {
    io.err(showFaults(planned.faults, planned.source));
    return EXIT.badInput;
  }
  const { folder, registered, written } = await renderInto(root, planned.opened, options.output);
  const judged = judgeObjects(planned.opened, registered, when, config);
  io.out(checkText(judged, io.colour));
  io.out(`\n${showWritten(written, folder)}`);
  io.out(`next: kubectl apply --server-side --recursive -f ${join(folder, "1-manifest")}`);
  return exitCode(judged.findings);
}
