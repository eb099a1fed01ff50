import { dirname, join } from "node:path";
import { installLanguageHost } from "./language-host/install.ts";
import { withLock } from "./lock.ts";
import { type Environment, engineFolder } from "./places.ts";
import type { Progress } from "./progress.ts";
import { providerWays } from "./provider-ways.ts";
import { pulumiWays } from "./pulumi-ways.ts";
import type { Tried, Unavailable } from "./unavailable.ts";
import { KUBERNETES_VERSION, PULUMI_VERSION } from "./versions.ts";
import { type Had, type Scene, SOURCES, type Source, type Ways } from "./way.ts";

/** An engine in place. */
export interface Engine {
  /** Folder that holds `bin/pulumi`. */
  readonly root: string;
  /** PULUMI_HOME of its runs: the user's own, else one in the cache. */
  readonly home: string;
  /** Where the command line came from. */
  readonly from: Source;
}

export type EngineResult = { readonly ok: true; readonly engine: Engine } | ({ readonly ok: false } & Unavailable);

type Obtained = { readonly at: string; readonly from: Source } | { readonly tried: readonly Tried[] };

/**
 * Finds the engine, or gets it, each of its two parts on its own: on PATH in a fitting version, in the cache, by the
 * official download, built from the published modules. MILLRACE_ENGINE restricts the sources, as in "cache,build".
 */
export async function ensureEngine(progress: Progress, environment: Environment = process.env): Promise<EngineResult> {
  const setting = environment.MILLRACE_ENGINE ?? "";
  const sources = allowedSources(setting);
  if (sources === null) return { ok: false, refused: setting, tried: [] };
  const folder = engineFolder(environment);
  const home = environment.PULUMI_HOME || join(folder, "home");
  const scene: Scene = { environment, folder, home, progress };

  const pulumi = await obtain(`Pulumi ${PULUMI_VERSION}`, pulumiWays(scene), sources, scene);
  if ("tried" in pulumi) return { ok: false, refused: null, tried: pulumi.tried };
  const ways = providerWays(scene, pulumi.at);
  const provider = await obtain(`Kubernetes provider ${KUBERNETES_VERSION}`, ways, sources, scene);
  if ("tried" in provider) return { ok: false, refused: null, tried: provider.tried };

  const root = dirname(dirname(pulumi.at));
  if (pulumi.from !== "path") installLanguageHost(root);
  return { ok: true, engine: { root, home, from: pulumi.from } };
}

/** The sources that MILLRACE_ENGINE allows, in our order; null where it names something else. */
function allowedSources(setting: string): readonly Source[] | null {
  if (setting === "") return SOURCES;
  const words = setting.split(",").map((word) => word.trim());
  if (words.length === 1 && words[0] === "none") return [];
  return words.every((word) => SOURCES.some((source) => source === word))
    ? SOURCES.filter((source) => words.includes(source))
    : null;
}

async function obtain(part: string, ways: Ways, sources: readonly Source[], scene: Scene): Promise<Obtained> {
  const tried: Tried[] = [];
  for (const source of (["path", "cache"] as const).filter((each) => sources.includes(each))) {
    const had = await ways[source]();
    if ("at" in had) return { at: had.at, from: source };
    tried.push({ part, source, why: had.why });
  }
  const getting = (["download", "build"] as const).filter((each) => sources.includes(each));
  if (getting.length === 0) return { tried };
  const onWait = () => scene.progress({ kind: "step", text: `another run is getting ${part}: waiting for it` });
  return withLock(`${scene.folder}.lock`, onWait, async (scratch) => {
    const meanwhile: Had = sources.includes("cache") ? await ways.cache() : { why: "not allowed" };
    if ("at" in meanwhile) return { at: meanwhile.at, from: "cache" };
    for (const source of getting) {
      const had = await ways[source](scratch);
      if ("at" in had) {
        scene.progress({ kind: "step", text: `${part} is in place` });
        return { at: had.at, from: source };
      }
      tried.push({ part, source, why: had.why });
    }
    return { tried };
  });
}
