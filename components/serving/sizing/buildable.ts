import type { Answers } from "./answers.ts";
import type { Buildable, Sized } from "./sizing-types.ts";

/**
 * What to build: the fewest GPUs on the endpoint's own pool, and where another pool does it for less
 * money, the least there. Where the own pool has nothing to build, the cheapest of the others stands in its place.
 */
export function buildsOf(answers: readonly Answers[], own: string): Pick<Sized, "buildable" | "elsewhere"> {
  const builds = answers.flatMap((each) => fewestGpus(each) ?? []);
  const here = builds.find(({ pool }) => pool === own) ?? null;
  const cheapest = cheapestOf(builds.filter(({ pool }) => pool !== own));
  if (here === null) return { buildable: cheapest, elsewhere: null };
  return { buildable: here, elsewhere: cheapest !== null && isCheaper(cheapest, here) ? cheapest : null };
}

/** Of those of known cost, where there are any; else the first, as the pools stand. */
function cheapestOf(builds: readonly Buildable[]): Buildable | null {
  const priced = builds.filter(({ usdPerMillionTokens }) => usdPerMillionTokens !== null);
  const [first] = priced.length > 0 ? priced : builds;
  return first === undefined ? null : priced.reduce((least, each) => (isCheaper(each, least) ? each : least), first);
}

const isCheaper = ({ usdPerMillionTokens: one }: Buildable, { usdPerMillionTokens: other }: Buildable): boolean =>
  one !== null && other !== null && one < other;

/** The fewest GPUs of a pool; among equals the shortest gaps, then the first by name. */
function fewestGpus({ sought, verdicts }: Answers): Buildable | null {
  const all = verdicts.flatMap(({ candidate, verdict }) =>
    verdict.kind === "feasible" ? [{ candidate, feasible: verdict.feasible }] : [],
  );
  const [first] = all.sort(
    (left, right) =>
      left.feasible.gpus - right.feasible.gpus ||
      left.feasible.interTokenS.value - right.feasible.interTokenS.value ||
      (left.candidate.id < right.candidate.id ? -1 : 1),
  );
  if (first === undefined) return null;
  const { id, format } = first.candidate;
  const { gpus, usdPerMillionTokens, blueprint } = first.feasible;
  return { id, pool: sought.pool.id, format, gpus, usdPerMillionTokens, copies: blueprint };
}
