import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stopper } from "../../cli/engine/stopper.ts";

const says = (message: string) => ({ stdoutEvent: { message, color: "never" } }) as EngineEvent;
const HEARD = says("^C received; cancelling. If you would like to terminate immediately, press ^C again.\n");

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function wishing(...events: readonly EngineEvent[]): boolean {
  const wish = new AbortController();
  const stop = stopper(wish.signal);
  wish.abort();
  for (const event of events) stop.saw(event);
  vi.advanceTimersByTime(999);
  expect(stop.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  return stop.signal.aborted;
}

test("an engine that has not heard is signalled, after a second", () => {
  expect(wishing(says("creating"), {} as EngineEvent)).toBe(true);
});

test("one that the terminal has signalled is not, since twice would end it at once", () => {
  expect(wishing(HEARD, says("creating"))).toBe(false);
});

test("a run that is over is left alone", () => {
  const wish = new AbortController();
  const stop = stopper(wish.signal);
  wish.abort();
  stop.end();
  vi.advanceTimersByTime(5_000);
  expect(stop.signal.aborted).toBe(false);
});
