import { candidatesOf } from "./candidates.ts";
import { judge } from "./judge.ts";
import type { Verdicts } from "./optimizations.ts";
import type { Sought, Verdict } from "./sought.ts";

/** A pool with the verdict on every candidate there. */
export interface Answers {
  readonly sought: Sought;
  readonly verdicts: readonly Verdicts[];
  /** Candidates that an earlier pool can do just as well, by id: the id there. */
  readonly sameAs: ReadonlyMap<string, string>;
}

/**
 * The verdicts of each pool. Pools of one system at one price differ in their GPUs alone and are judged once. A
 * candidate's id starts with its pool where there are several.
 */
export function answersOf(sought: readonly Sought[]): readonly Answers[] {
  const judged = new Map([...Map.groupBy(sought, kindOf)].map(([kind, alike]) => [kind, judgedOnce(alike)]));
  const firstId = new Map<string, string>();
  return sought.map((each) => {
    const sameAs = new Map<string, string>();
    const verdicts = (judged.get(kindOf(each)) ?? []).map(({ candidate, verdict: ofLargest }) => {
      const id = sought.length > 1 ? `${each.pool.id}/${candidate.id}` : candidate.id;
      const verdict = within(each, ofLargest);
      const what = `${kindOf(each)}/${candidate.id}`;
      const first = firstId.get(what);
      if (verdict.kind === "feasible" && first !== undefined) sameAs.set(id, first);
      else if (verdict.kind === "feasible") firstId.set(what, id);
      return { candidate: { ...candidate, id }, verdict };
    });
    return { sought: each, verdicts, sameAs };
  });
}

/** Prices that are not known may differ. */
const kindOf = ({ pool, perGpuHour }: Sought): string => `${pool.system} ${perGpuHour ?? `of ${pool.id}`}`;

/** On as many GPUs as the largest of pools that are alike has to give. */
function judgedOnce(alike: readonly Sought[]): readonly Verdicts[] {
  const largest = alike.reduce((most, each) => (each.gpusToHave > most.gpusToHave ? each : most));
  const verdictOf = judge(largest);
  return candidatesOf(largest.architecture, largest.gpu, largest.unit).map((candidate) => ({
    candidate,
    verdict: verdictOf(candidate),
  }));
}

const within = ({ gpusToHave }: Sought, verdict: Verdict): Verdict =>
  verdict.kind === "feasible" && verdict.feasible.gpus > gpusToHave
    ? { kind: "refused", refusal: { kind: "pool", gpus: verdict.feasible.gpus } }
    : verdict;
