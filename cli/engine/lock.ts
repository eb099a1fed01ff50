import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const POLL_MS = 500;

/**
 * Runs the work while no other process does the same: a folder is made by one only. A lock whose owner is gone is
 * taken over.
 */
export async function withLock<T>(folder: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waited = false; !take(folder); waited = true) {
    if (!waited) onWait();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
  } catch {
    if (isAlive(ownerOf(folder))) return false;
    rmSync(folder, { recursive: true, force: true });
    try {
      mkdirSync(folder);
    } catch {
      return false;
    }
  }
  writeFileSync(join(folder, "pid"), String(process.pid));
  return true;
}

/** The owner's process id; a lock that is just being made counts as our own, so as alive. */
function ownerOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, "pid"), "utf8")) || process.pid;
  } catch {
    return process.pid;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
