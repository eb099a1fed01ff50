import type { Study } from "../../../components/catalog/gate.ts";
import type { PhasePlan, StatedStudy, StudyPlan } from "../../../components/plan-types.ts";
import { hasReached } from "../../../components/site/phase-state.ts";
import type { Input } from "../../finding.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";

/** Each study that the state of a phase asks for is there, and was made for the plan as it is. */
export const studies: Rule = {
  id: "site/studies",
  enforcement: "mandatory",
  severity: "critical",
  mandatoryFrom: null,
  claim: "what no rule can compute has a signed study that was made for the plan as it is",
  why: "fault currents, transients and air flow are computed elsewhere, for one plan: for another they prove nothing",
  formula:
    "for each study with neededFrom ≤ state: a document dated ≤ day of the check ∧ madeFor = digests of the plan's parts",
  source: "aidatacenterguide.com 2.7: which result gates which milestone (catalog: studies)",
  inputs: "phases[].state, phases[].studies, the parts of the plan that each study of the catalog rests on",
  pass: "a study signed on or before the day of the check, made for each of its parts as it is",
  fail: "the study is dated after the day of the check",
  unproved: "there is no study, or it was made for a part of the plan that has changed since",
  fix: "have the study made for the plan as it is, and enter it with what it was made for",
  manualCheck: "hold the model of the study against the plan: sources, ratings, racks, loads; read its limits",
  notApplicable:
    "no phase has reached a state that asks for a study, or the site rents its instances: the landlord has them made",
  subjects: (context) =>
    context.plan.phases
      .filter(({ state }) => state !== "retired")
      .flatMap((phase) =>
        context.plan.studies
          .filter((each) => each.phase === phase.id)
          .flatMap((planned) => {
            const study = context.catalog.studies.find(({ id }) => id === planned.study);
            const needed = study !== undefined && hasReached(context.asState ?? phase.state, study.neededFrom);
            return needed ? [subject(phase, study, planned, context)] : [];
          }),
      ),
};

function subject(phase: PhasePlan, study: Study, { madeFor, stated, at }: StudyPlan, context: Context): Subject {
  const { today, asState } = context;
  const shown = standing(stated, madeFor, today);
  const place = shown?.at ?? at;
  const signed = shown === undefined ? null : shown.date <= today;
  const changed = shown === undefined ? [] : changes(shown.madeFor, madeFor);
  return {
    id: `phases.${phase.id}.${study.id}`,
    at: place,
    state: phase.state,
    claim: "all-of",
    unit: "",
    inputs: [
      condition(`${study.id} of ${phase.id} is signed by ${today}`, signed, place),
      condition("it was made for the plan as it is", changed.length === 0 && shown !== undefined ? true : null, place),
      noted("made for", shown?.madeFor ?? null, `${place}.madeFor`),
      noted("the plan as it is", madeFor, `plan:studies/${phase.id}/${study.id}`),
    ],
    message: () => {
      if (shown === undefined) return `${phase.id} as ${asState ?? phase.state}: no study ${study.id}: ${study.proves}`;
      const of = `${phase.id}: ${study.id} by ${shown.document} of ${shown.date}`;
      if (shown.date > today) return `${of}, which is after ${today}`;
      return changed.length > 0
        ? `${of} is stale: ${changed.join(", ")}`
        : `${of} (${shown.tool}), signed by ${shown.signedBy}`;
    },
    fix: () =>
      shown === undefined || changed.length > 0
        ? `have the study made for the plan as it is (millrace plan --format json), and enter it with madeFor: ${madeFor}`
        : studies.fix,
  };
}

/** The latest that is signed and made for the plan as it is, else the latest that is signed, else the first of those dated ahead. */
function standing(stated: readonly StatedStudy[], madeFor: string, today: string): StatedStudy | undefined {
  const byDate = stated.toSorted((left, right) => (left.date === right.date ? 0 : left.date < right.date ? -1 : 1));
  const signed = byDate.filter(({ date }) => date <= today);
  return signed.findLast((each) => changes(each.madeFor, madeFor).length === 0) ?? signed.at(-1) ?? byDate[0];
}

/** What became of the parts since a study was made; nothing where all are as they were. */
function changes(then: string, now: string): readonly string[] {
  const before = partsOf(then);
  return [...partsOf(now)].flatMap(([part, digest]) => {
    if (!before.has(part)) return [`it does not speak of ${part}`];
    return before.get(part) === digest ? [] : [`${part} has changed`];
  });
}

const partsOf = (madeFor: string): ReadonlyMap<string, string> =>
  new Map(madeFor.split(" ").map((part) => part.split(":") as [string, string]));

const noted = (name: string, value: string | null, from: string): Input => ({
  name,
  value,
  unit: "",
  from,
  side: "need",
  as: "context",
});
