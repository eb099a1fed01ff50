import { rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestsFolder } from "../../components/program.ts";
import { showFaults } from "../../components/site/show-fault.ts";
import { isRendered, showChanges, showNext, whereOf } from "../built.ts";
import { runOnEngine } from "../engine-run.ts";
import { EXIT, type Io } from "../io.ts";
import { isFaulty, judgeSite } from "../judged.ts";

/** `millrace destroy <site>`: takes down what the stack holds, whatever the rules say; the site's name is the consent. */
export async function destroy(name: string | undefined, options: { readonly cwd?: string }, io: Io): Promise<number> {
  const chosen = judgeSite(name, options);
  const { root, site, judged } = chosen;
  if (isFaulty(judged)) {
    io.err(showFaults(judged.faults, judged.source));
    return EXIT.badInput;
  }
  const { plan } = judged.opened;
  io.out(`destroy of ${site}: everything that its stack holds, ${whereOf(plan)}`);
  const run = await runOnEngine("destroy", chosen, judged.opened, io);
  if (!run.ok) return run.code;
  if (isRendered(plan)) leaveNoFolder(root, join(root, manifestsFolder(site)));
  io.out(showChanges("destroy", site, run.done.changes));
  io.out(`next: ${showNext("destroy", plan)}`);
  return EXIT.proved;
}

/** The engine removes its files and leaves their folders: these go, up to the project's own, where they are empty. */
function leaveNoFolder(root: string, manifests: string): void {
  const above = [manifests, dirname(manifests), dirname(dirname(manifests))].filter((folder) => folder !== root);
  for (const folder of [join(manifests, "0-crd"), join(manifests, "1-manifest"), ...above]) {
    try {
      rmdirSync(folder);
    } catch {
      // Not there, or something else lies in it: both are fine.
    }
  }
}
