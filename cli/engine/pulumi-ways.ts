import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { which } from "./command.ts";
import { MODULES } from "./go-module.ts";
import { place, pulumiIn } from "./install.ts";
import { misfitOfPulumi } from "./running-version.ts";
import { buildModule } from "./source/build.ts";
import { downloadRelease } from "./source/download.ts";
import { PULUMI_VERSION } from "./versions.ts";
import type { Had, Scene, Ways } from "./way.ts";

/** The ways to the Pulumi command line. */
export const pulumiWays = (scene: Scene): Ways => ({
  path: () => onPath(scene),
  cache: () => inCache(scene),
  download: (scratch) => download(scene, scratch),
  build: (scratch) => build(scene, scratch),
});

async function onPath({ environment, folder }: Scene): Promise<Had> {
  const pulumi = which("pulumi", environment.PATH ?? "");
  if (pulumi === null) return { why: "no pulumi on PATH" };
  const misfit = await misfitOfPulumi(pulumi);
  if (misfit !== null) return { why: misfit };
  return { at: basename(dirname(pulumi)) === "bin" ? pulumi : linked(pulumi, join(folder, "path")) };
}

/** The Automation API takes a folder that holds `bin/pulumi`: one that lies elsewhere is linked into such a folder. */
function linked(pulumi: string, root: string): string {
  const link = pulumiIn(root);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(realpathSync(pulumi), link);
  return link;
}

async function inCache({ folder }: Scene): Promise<Had> {
  const pulumi = pulumiIn(folder);
  if (!existsSync(pulumi)) return { why: "not in the cache" };
  const misfit = await misfitOfPulumi(pulumi);
  return misfit === null ? { at: pulumi } : { why: misfit };
}

async function download({ folder, progress }: Scene, scratch: string): Promise<Had> {
  progress({ kind: "step", text: `fetching Pulumi ${PULUMI_VERSION} from its official release` });
  const unpacked = await downloadRelease(scratch);
  if ("why" in unpacked) return unpacked;
  const pulumi = unpacked.executables.find((file) => basename(file) === "pulumi");
  if (pulumi === undefined) return { why: "the official release holds no pulumi" };
  const misfit = await misfitOfPulumi(pulumi);
  if (misfit !== null) return { why: misfit };
  // The command line last: where it is found, what belongs beside it is there too.
  const beside = unpacked.executables.filter((file) => file !== pulumi);
  for (const file of [...beside, pulumi]) place(file, join(folder, "bin", basename(file)));
  return { at: pulumiIn(folder) };
}

async function build({ environment, folder, progress }: Scene, scratch: string): Promise<Had> {
  const built = await buildModule(MODULES.pulumi, `Pulumi ${PULUMI_VERSION}`, environment, scratch, progress);
  if ("why" in built) return built;
  const misfit = await misfitOfPulumi(built.at);
  if (misfit !== null) return { why: misfit };
  place(built.at, pulumiIn(folder));
  return { at: pulumiIn(folder) };
}
