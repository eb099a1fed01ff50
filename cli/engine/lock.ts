import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

interface Owner {
  readonly pid: number;
  readonly host: string;
}

const POLL_MS = 500;
const SIGN_OF_LIFE_MS = 30_000;
/** Without a sign of life for so long, the owner is gone, whatever process bears its number now. */
const GIVEN_UP_MS = 10 * SIGN_OF_LIFE_MS;

/**
 * Runs the work while no other process does the same. The lock is a folder that appears whole, its owner written
 * inside; the work may use it as scratch space, and it goes with the lock, also when a later run takes over what a
 * killed one left. Two holders at once would waste time and harm nothing: results are renamed into place.
 */
export async function withLock<T>(
  folder: string,
  onWait: () => void,
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waited = false; !take(folder); waited = true) {
    if (!waited) onWait();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  const signs = setInterval(() => utimesSync(folder, new Date(), new Date()), SIGN_OF_LIFE_MS).unref();
  process.once("exit", release);
  try {
    const scratch = join(folder, "scratch");
    mkdirSync(scratch);
    return await work(scratch);
  } finally {
    clearInterval(signs);
    process.off("exit", release);
    release();
  }
}

function take(folder: string): boolean {
  const beside = `${folder}.${process.pid}`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside);
  writeFileSync(join(beside, "owner.json"), JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
  if (isGone(folder)) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(beside, folder);
    return true;
  } catch {
    rmSync(beside, { recursive: true, force: true });
    return false;
  }
}

/** True for a lock whose owner is dead, or has been silent for too long. */
function isGone(folder: string): boolean {
  try {
    const owner = JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")) as Owner;
    if (owner.host === hostname() && !isAlive(owner.pid)) return true;
    return Date.now() - statSync(folder).mtimeMs > GIVEN_UP_MS;
  } catch {
    return false;
  }
}

/** True while a process of that number runs on this machine; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
