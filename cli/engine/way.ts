import type { Environment } from "./places.ts";
import type { Progress } from "./progress.ts";

/** Where a part of the engine may come from, in the order tried: what is there already, then what has to be got. */
export const SOURCES = ["path", "cache", "download", "build"] as const;
export type Source = (typeof SOURCES)[number];

/** The part's executable, or why this way does not lead to it. */
export type Had = { readonly at: string } | { readonly why: string };

/** The ways to one part of the engine; a way that gets it may fill the scratch folder it is given. */
export interface Ways {
  readonly path: () => Promise<Had>;
  readonly cache: () => Promise<Had>;
  readonly download: (scratch: string) => Promise<Had>;
  readonly build: (scratch: string) => Promise<Had>;
}

/** What the ways work with. */
export interface Scene {
  readonly environment: Environment;
  /** The engine's folder in the cache. */
  readonly folder: string;
  /** PULUMI_HOME of its runs: plugins lie under it. */
  readonly home: string;
  readonly progress: Progress;
}
