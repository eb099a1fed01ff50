import { fc, test as property } from "@fast-check/vitest";
import { expect } from "vitest";
import type { Comparison, Measure } from "../../components/catalog/gate.ts";
import type { StatedValue } from "../../components/plan-types.ts";
import type { Verdict } from "../../policies/finding.ts";
import { applyRule } from "../../policies/rule.ts";
import { gateValues } from "../../policies/rules/site/gate-values.ts";
import { contextOf } from "../support/context.ts";
import { catalog, siteText } from "../support/sites.ts";

const lab = contextOf({ text: siteText("lab") });
const measures = catalog.gates.flatMap((gate) => gate.measures.map((measure) => ({ gate: gate.id, measure })));
const stated = (of: string, value: number | null): StatedValue => ({ of, written: String(value), value, at: "here" });

/** The rule on one document with one value. */
function verdict(gate: string, { id }: Measure, value: number | null, agreed: number | null | undefined): Verdict {
  const document = { gate, document: "D", date: "2026-01-01", signedBy: "me", at: "phases[0].evidence[0]" };
  const agreement = agreed === undefined ? [] : [stated(id, agreed)];
  const evidence = [{ ...document, measured: [stated(id, value)], agreed: agreement }];
  const phases = lab.plan.phases.map((phase) => ({ ...phase, evidence }));
  const own = applyRule(gateValues, { ...lab, plan: { ...lab.plan, phases } });
  return own.find(({ subject }) => subject.endsWith(`.${gate}.${id}`))?.verdict ?? "not-applicable";
}

const HOLDS: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  atLeast: (value, limit) => value >= limit,
  atMost: (value, limit) => value <= limit,
  below: (value, limit) => value < limit,
};

/** Every limit that there is must hold, whoever set it; without any, nothing is proved. No value is below 0, known or not. */
function expected({ limits }: Measure, value: number | null, agreed: number | null | undefined): Verdict {
  const figures = limits.flatMap(({ comparison, all, each }) =>
    [all ?? each.get("GB300") ?? each.get("gb300-nvl72"), agreed === undefined ? undefined : { value: agreed }].flatMap(
      (figure) => (figure === undefined || figure === null ? [] : [{ comparison, limit: figure.value }]),
    ),
  );
  if (figures.length === 0 || figures.some(({ limit }) => limit === null)) return "unproved";
  if (value === null)
    return figures.some(({ comparison, limit }) => comparison === "below" && limit === 0) ? "violated" : "unproved";
  return figures.every(({ comparison, limit }) => HOLDS[comparison](value, limit ?? 0)) ? "proved" : "violated";
}

/** Values around the limits, where it matters, and far from them. */
const valueFor = ({ limits }: Measure) =>
  fc.oneof(
    fc.constantFrom(
      ...limits.flatMap(({ all, each }) => [all, ...each.values()].flatMap((figure) => figure?.value ?? 1)),
    ),
    fc.double({ min: 0, max: 1e12, noNaN: true }),
    fc.nat(200),
  );
const given = fc
  .constantFrom(...measures)
  .chain(({ gate, measure }) =>
    fc.tuple(
      fc.constant(gate),
      fc.constant(measure),
      fc.option(valueFor(measure), { nil: null }),
      measure.limits.length > 1
        ? fc.constant(undefined)
        : fc.option(fc.option(valueFor(measure), { nil: null }), { nil: undefined }),
    ),
  );

property.prop([given], { numRuns: 2_000 })(
  "a value is proved where it holds every limit there is, and nothing is where one is not known",
  ([gate, measure, value, agreed]) => {
    expect(verdict(gate, measure, value, agreed)).toBe(expected(measure, value, agreed));
  },
);
