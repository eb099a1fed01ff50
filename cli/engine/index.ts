export { ensureAwsProvider } from "./aws-provider.ts";
export { type Engine, ensureEngine } from "./ensure.ts";
export { engineEnvironment } from "./environment.ts";
export type { EngineEvent, Operation } from "./event.ts";
export { type Operated, operate } from "./operate.ts";
export type { Progress } from "./progress.ts";
export { showUnavailable } from "./unavailable.ts";
