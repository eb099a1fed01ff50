import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { isAlive } from "./lock.ts";

const LOCAL = "file://";

/**
 * A run that was killed leaves its lock in a file backend, and every later run would be refused. Locks of processes
 * that no longer live on this machine are cleared; any other lock is left, and the engine tells whose it is.
 */
export async function clearDeadLocks(stack: Stack, backend: string): Promise<void> {
  if (!backend.startsWith(LOCAL)) return;
  const { name } = await stack.workspace.projectSettings();
  if (isLockedByTheDead(backend.slice(LOCAL.length), name, stack.name)) await stack.cancel();
}

/** Locks are JSON files with pid and hostname. Source: pulumi/pkg/backend/diy/lock.go */
export function isLockedByTheDead(backend: string, project: string, stack: string): boolean {
  const owners = locksIn(join(backend, ".pulumi", "locks", "organization", project, stack));
  return owners.length > 0 && owners.every(({ pid, hostname: host }) => host === hostname() && !isAlive(pid));
}

function locksIn(folder: string): readonly { readonly pid: number; readonly hostname: string }[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.map(
      (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid: number; hostname: string },
    );
  } catch {
    return [];
  }
}
