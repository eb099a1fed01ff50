import type { Fault } from "../fault.ts";
import { select } from "../select.ts";

/**
 * Letters of an endpoint whose prompts have copies of their own: LeaderWorkerSets under Kueue have 39, of which the
 * DisaggregatedSet takes a slice, a revision of eight letters and the role. Source: LWS 0.11, Kueue 0.20.
 */
const MOST_LETTERS = 39 - "-0-".length - 8 - "-prefill".length;

/** Prompts on copies of their own need a router, and a name that leaves room for those of the sets beneath. */
export function splitFaults(root: unknown): readonly Fault[] {
  const hasRouter = select(root, "serving.router").found.length > 0;
  return select(root, "serving.endpoints[]").found.flatMap(({ value, path }) => {
    const [prefill] = select(value, "prefill").found;
    if (prefill === undefined) return [];
    const id = select(value, "id").found[0]?.value;
    const [drafts] = select(value, "speculation").found;
    return [
      ...(drafts === undefined ? [] : [drafting(`${path}.speculation`)]),
      ...(hasRouter ? [] : [withoutRouter(`${path}.prefill`)]),
      ...(typeof id === "string" && id.length > MOST_LETTERS ? [tooLong(`${path}.id`, id)] : []),
    ];
  });
}

const drafting = (path: string): Fault => ({
  path,
  problem: "drafts on prompts and answers apart",
  got: "speculation and prefill",
  allowed: "one of the two: whether a draft's cache goes over with the model's is not established",
  fix: "delete one of the two",
});

const withoutRouter = (path: string): Fault => ({
  path,
  problem: "prompts have copies of their own, and nothing sends them there",
  got: "no serving.router",
  allowed: "a site with serving.router: picker and sidecar",
  fix: "add serving.router with both images, or delete prefill",
});

const tooLong = (path: string, id: string): Fault => ({
  path,
  problem: "name too long for prompts on copies of their own",
  got: `${id}, ${id.length} letters`,
  allowed: `at most ${MOST_LETTERS} letters: a queued LeaderWorkerSet has 39`,
  fix: "shorten it",
});
