#!/usr/bin/env node
// The pack as an executable: the engine starts it without a language host. The SDK reads package.json from here.
process.chdir(import.meta.dirname);
await import("./index.ts");
