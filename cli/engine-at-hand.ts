import { type Engine, ensureEngine, showUnavailable } from "./engine/index.ts";
import type { Io } from "./io.ts";
import { progressLines } from "./progress-lines.ts";

/** The engine, found or got with its progress on stderr; null, with what was tried, where none can be had. */
export async function engineAtHand(io: Io): Promise<Engine | null> {
  const drawn = progressLines(io);
  const got = await ensureEngine(drawn.progress);
  drawn.end();
  if (got.ok) return got.engine;
  io.err(showUnavailable(got));
  return null;
}
