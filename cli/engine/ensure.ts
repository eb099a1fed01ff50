import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Engine, isWhole } from "./install.ts";
import { installLanguageHost } from "./language-host/install.ts";
import { withLock } from "./lock.ts";
import { engineFolder } from "./places.ts";
import type { Progress } from "./progress.ts";
import { buildEngine } from "./source/build.ts";
import { downloadEngine } from "./source/download.ts";
import { engineOnPath } from "./source/path.ts";

export const SOURCES = ["path", "cache", "download", "build"] as const;
export type Source = (typeof SOURCES)[number];

/** Why an engine could not be had, by source, in the order tried. */
export interface Unavailable {
  readonly tried: readonly { readonly source: Source; readonly why: string }[];
}
export type EngineResult = { readonly ok: true; readonly engine: Engine } | ({ readonly ok: false } & Unavailable);

/**
 * Finds the engine, or gets it: on PATH in a fitting version, in the cache, by the official download, built from the
 * published modules. MILLRACE_ENGINE restricts the sources, as in "cache,build".
 */
export async function ensureEngine(progress: Progress): Promise<EngineResult> {
  const allowed = allowedSources(process.env.MILLRACE_ENGINE);
  const folder = engineFolder(process.env);
  const home = process.env.PULUMI_HOME || join(folder, "home");
  const tried: { source: Source; why: string }[] = [];
  const give = (root: string, from: Source): EngineResult => {
    installLanguageHost(root);
    return { ok: true, engine: { root, home, from } };
  };
  if (allowed.includes("path")) {
    const found = await engineOnPath(home);
    if (typeof found !== "string") return { ok: true, engine: { root: found.root, home, from: "path" } };
    tried.push({ source: "path", why: found });
  }
  if (allowed.includes("cache")) {
    if (await isWhole(folder, home)) return give(folder, "cache");
    tried.push({
      source: "cache",
      why: existsSync(folder) ? "what is in the cache is not whole" : "the cache is empty",
    });
  }
  const getters = (
    [
      ["download", downloadEngine],
      ["build", buildEngine],
    ] as const
  ).filter(([source]) => allowed.includes(source));
  if (getters.length === 0) return { ok: false, tried };
  return withLock(
    `${folder}.lock`,
    () => progress({ kind: "step", text: "another run is getting the engine: waiting for it" }),
    async () => {
      if (await isWhole(folder, home)) return give(folder, "cache");
      for (const [source, get] of getters) {
        const failed = await get(folder, home, progress);
        if (failed === null && (await isWhole(folder, home))) return give(folder, source);
        tried.push({ source, why: failed ?? "what came is not the version asked for" });
        rmSync(join(folder, "bin"), { recursive: true, force: true });
      }
      return { ok: false, tried };
    },
  );
}

function allowedSources(setting: string | undefined): readonly Source[] {
  if (setting === undefined || setting === "") return SOURCES;
  const words = setting.split(",").map((word) => word.trim());
  return SOURCES.filter((source) => words.includes(source));
}

/** What a person reads where no engine can be had. */
export function showUnavailable({ tried }: Unavailable): string {
  const lines = tried.map(({ source, why }) => `  ${source.padEnd(9)} ${why}`);
  return [
    "no Pulumi engine can be had:",
    ...lines,
    "what helps: pulumi on PATH in the version asked for, a way to its official download, or a Go toolchain (1.26 or newer)",
    "plan, check, render and explain work without it",
  ].join("\n");
}
