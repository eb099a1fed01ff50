import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { run, which } from "./command.ts";
import { MODULES } from "./go-module.ts";
import { hasProvider, PROVIDER, placeProvider, providerIn } from "./install.ts";
import { userPulumiHome } from "./places.ts";
import { misfitOfProvider } from "./running-version.ts";
import { buildModule } from "./source/build.ts";
import { publishedProviderSum } from "./source/download.ts";
import { KUBERNETES_VERSION } from "./versions.ts";
import type { Had, Scene, Ways } from "./way.ts";

const TRANSFER_MS = 300_000;

/** The ways to the Kubernetes provider, with the command line that will start it. */
export const providerWays = (scene: Scene, pulumi: string): Ways => ({
  path: () => theUsers(scene, pulumi),
  cache: async () => (hasProvider(scene.home) ? { at: providerIn(scene.home) } : { why: "not in the cache" }),
  download: () => download(scene, pulumi),
  build: (scratch) => build(scene, pulumi, scratch),
});

/** A plugin that the user has installed, else one on PATH: put into the engine's home, where no run asks for PATH. */
async function theUsers(scene: Scene, pulumi: string): Promise<Had> {
  if (hasProvider(scene.home)) return { at: providerIn(scene.home) };
  const installed = userPulumiHome(scene.environment);
  const file = hasProvider(installed) ? providerIn(installed) : which(PROVIDER, scene.environment.PATH ?? "");
  if (file === null) return { why: `no ${PROVIDER} ${KUBERNETES_VERSION} on PATH or among the user's plugins` };
  return checkedIn(file, pulumi, scene.home);
}

async function download({ home, progress }: Scene, pulumi: string): Promise<Had> {
  progress({ kind: "step", text: `fetching the Kubernetes provider ${KUBERNETES_VERSION} from its official release` });
  const sum = await publishedProviderSum();
  if ("why" in sum) return sum;
  const checksum = sum.sha256 === null ? [] : ["--checksum", sum.sha256];
  const fetched = await run(
    pulumi,
    ["plugin", "install", "resource", "kubernetes", KUBERNETES_VERSION, ...checksum, "--non-interactive"],
    { environment: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" }, timeoutMs: TRANSFER_MS },
  );
  const misfit = fetched.code === 0 ? await misfitOfProvider(providerIn(home), pulumi, home) : lastLine(fetched.stderr);
  if (misfit === null) return { at: providerIn(home) };
  rmSync(dirname(providerIn(home)), { recursive: true, force: true });
  return { why: misfit };
}

async function build({ environment, home, progress }: Scene, pulumi: string, scratch: string): Promise<Had> {
  const what = `the Kubernetes provider ${KUBERNETES_VERSION}`;
  const built = await buildModule(MODULES.provider, what, environment, scratch, progress);
  return "why" in built ? built : checkedIn(built.at, pulumi, home);
}

async function checkedIn(file: string, pulumi: string, home: string): Promise<Had> {
  const misfit = await misfitOfProvider(file, pulumi, home);
  if (misfit !== null) return { why: misfit };
  placeProvider(file, home);
  return { at: providerIn(home) };
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.slice(0, 200) || "plugin install failed";
