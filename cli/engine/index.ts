export type { EngineResult, Source } from "./ensure.ts";
export { ensureEngine, showUnavailable } from "./ensure.ts";
export { engineEnvironment } from "./environment.ts";
export type { EngineEvent, PolicyViolation } from "./event.ts";
export type { Engine } from "./install.ts";
export { type Operated, type Operation, operate } from "./operate.ts";
export type { Progress, ProgressEvent } from "./progress.ts";
