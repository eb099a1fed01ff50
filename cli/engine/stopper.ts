import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

const HEARD_WITHIN_MS = 1_000;
/** What the engine says when it has been signalled. Source: pulumi/pkg/backend/cancellation_scope.go */
const HEARD = / received; cancelling\./;

/**
 * Hands the caller's wish to stop on to the engine. A terminal sends its interrupt to every process in front, the
 * engine included, and a second one makes it drop everything at once: so it is signalled only if it has not said by
 * itself, within a second, that it is stopping.
 */
export function stopper(wish: AbortSignal | undefined) {
  const signalled = new AbortController();
  let heard = false;
  let timer: NodeJS.Timeout | undefined;
  const onWish = () => {
    timer = setTimeout(() => heard || signalled.abort(), HEARD_WITHIN_MS);
  };
  wish?.addEventListener("abort", onWish, { once: true });
  return {
    signal: signalled.signal,
    saw: ({ stdoutEvent }: EngineEvent) => {
      heard ||= HEARD.test(stdoutEvent?.message ?? "");
    },
    end: () => {
      clearTimeout(timer);
      wish?.removeEventListener("abort", onWish);
    },
  };
}
