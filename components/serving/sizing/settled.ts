import type { Answers } from "./answers.ts";
import { dominators } from "./front.ts";
import { comparedIn, weightsOf } from "./scale.ts";
import type { Judged } from "./sizing-types.ts";

/**
 * Each candidate of all pools on the front, the cheapest first, or with its reason. Only pools that compare beat one
 * another; the order of the candidates does not matter.
 */
export function settled(answers: readonly Answers[]): readonly Judged[] {
  const compared = [...Map.groupBy(answers, ({ sought }) => comparedIn(sought)).values()];
  const by = new Map(compared.flatMap((each) => [...dominators(each.flatMap(weighed))]));
  const rank = new Map([...by.keys()].map((id, index) => [id, index]));
  const last = by.size;
  return answers
    .flatMap(({ sought, verdicts, sameAs }) => verdicts.map((each) => judgedBy(each, sought.pool.id, sameAs, by)))
    .sort(
      (left, right) =>
        (rank.get(left.candidate.id) ?? last) - (rank.get(right.candidate.id) ?? last) ||
        (left.candidate.id < right.candidate.id ? -1 : 1),
    );
}

const weighed = ({ sought, verdicts, sameAs }: Answers) =>
  verdicts.flatMap(({ candidate: { id }, verdict }) =>
    verdict.kind === "feasible" && !sameAs.has(id) ? [{ id, weights: weightsOf(sought, verdict.feasible) }] : [],
  );

function judgedBy(
  { candidate, verdict }: Answers["verdicts"][number],
  pool: string,
  sameAs: Answers["sameAs"],
  by: ReadonlyMap<string, string | null>,
): Judged {
  if (verdict.kind === "refused") return { pool, candidate, kind: "refused", refusal: verdict.refusal };
  const same = sameAs.get(candidate.id);
  if (same !== undefined) return { pool, candidate, kind: "refused", refusal: { kind: "same", as: same } };
  const better = by.get(candidate.id) ?? null;
  return better === null
    ? { pool, candidate, kind: "front", feasible: verdict.feasible }
    : { pool, candidate, kind: "refused", refusal: { kind: "dominated", by: better } };
}
