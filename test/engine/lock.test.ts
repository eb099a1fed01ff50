import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { withLock } from "../../cli/engine/lock.ts";
import { temporaryFolder } from "../support/executables.ts";

/** No process has it: the largest that Linux gives is 2^22. */
const DEAD = 2 ** 22 + 1;

afterEach(() => vi.useRealTimers());

function lockOf(owner: object): string {
  const lock = join(temporaryFolder(), "engine.lock");
  mkdirSync(join(lock, "scratch"), { recursive: true });
  writeFileSync(join(lock, "owner.json"), JSON.stringify(owner));
  writeFileSync(join(lock, "scratch", "half"), "");
  return lock;
}

/** What the work saw, and how often it had to wait. */
async function through(lock: string) {
  let waits = 0;
  const saw = await withLock(
    lock,
    () => waits++,
    async (scratch) => readdirSync(scratch),
  );
  return { saw, waits };
}

test("the work has an empty scratch folder, and nothing is left after it", async () => {
  const lock = join(temporaryFolder(), "engine.lock");
  expect(await through(lock)).toEqual({ saw: [], waits: 0 });
  expect(readdirSync(dirname(lock))).toEqual([]);
});

test("nothing is left after work that failed either", async () => {
  const lock = join(temporaryFolder(), "engine.lock");
  await expect(
    withLock(
      lock,
      () => {},
      () => Promise.reject(new Error("no")),
    ),
  ).rejects.toThrow("no");
  expect(readdirSync(dirname(lock))).toEqual([]);
});

test("what a dead run left is taken over, its half-written files gone", async () => {
  expect(await through(lockOf({ pid: DEAD, host: hostname() }))).toEqual({ saw: [], waits: 0 });
});

test("a living owner is waited for, and told of once", async () => {
  vi.useFakeTimers();
  const lock = join(temporaryFolder(), "engine.lock");
  let finish = () => {};
  const first = withLock(
    lock,
    () => {},
    () => new Promise<void>((resolve) => (finish = resolve)),
  );
  const second = through(lock);
  await vi.advanceTimersByTimeAsync(1_600);
  expect(existsSync(lock)).toBe(true);
  finish();
  await first;
  await vi.advanceTimersByTimeAsync(500);
  expect(await second).toEqual({ saw: [], waits: 1 });
});

test("an owner on another machine counts while it shows signs of life, and no longer", async () => {
  vi.useFakeTimers({ now: Date.now(), toFake: ["setTimeout", "setInterval", "Date"] });
  const lock = lockOf({ pid: DEAD, host: `not-${hostname()}` });
  utimesSync(lock, new Date(), new Date());
  const waiting = through(lock);
  await vi.advanceTimersByTimeAsync(299_000);
  expect(existsSync(join(lock, "scratch", "half"))).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await waiting).toEqual({ saw: [], waits: 1 });
});
