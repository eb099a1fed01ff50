export { type Engine, ensureEngine } from "./ensure.ts";
export { engineEnvironment } from "./environment.ts";
export type { EngineEvent } from "./event.ts";
export { type Operated, type Operation, operate } from "./operate.ts";
export type { Progress } from "./progress.ts";
export { showUnavailable } from "./unavailable.ts";
