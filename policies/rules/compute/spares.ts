import type { SparesPlan } from "../../../components/compute/compute-types.ts";
import type { PoolPlan } from "../../../components/plan-types.ts";
import type { Input } from "../../finding.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** The spares of a pool cover what fails and is in repair, for as much of the time as is asked for. */
export const spares: Rule = {
  id: "compute/spares",
  enforcement: "mandatory",
  severity: "medium",
  mandatoryFrom: "accepted",
  claim: "spares needed for the assured share of the time ≤ spares of the pool",
  why: "GPUs that are sold and in repair are missing to somebody; spares that nothing needs are paid for",
  formula:
    "least s with P(Poisson(units × P(unit down)) ≤ s) ≥ assurance; a node is down failures × repair of the time, a rack while fewer of its nodes are up than gangs count on",
  source:
    "Meta, Revisiting Reliability (arXiv 2410.21680): 6.50 and 2.34 failures a thousand node-days; M/G/∞ queue; k-of-n systems",
  inputs: "pools[].reliability, nodes or racks of the pool, schedulable nodes of a rack, spareRacks or instances.spare",
  pass: "the spares are at least those needed",
  fail: "they are fewer",
  unproved: "how often nodes fail, how long a repair takes or how many nodes a rack may miss is not known",
  fix: "keep more spares, shorten the repair, or assure less",
  manualCheck:
    "number of nodes × failures a day × days of repair is what is down on average; a Poisson table gives the spares",
  notApplicable: "no pool says how often its nodes fail",
  subjects: ({ plan }) =>
    plan.pools
      .filter(({ state }) => state !== "retired")
      .flatMap((pool) => (pool.spares === null ? [] : [subject(pool, pool.spares)])),
};

function subject(pool: PoolPlan, plan: SparesPlan): Subject {
  const { unit, stated, assurance, meanDown } = plan;
  const share = `${Number((assurance * 100).toFixed(6))} %`;
  const average = meanDown === null ? "" : `, ${Number(meanDown.toPrecision(3))} down on average`;
  return {
    id: `pools.${pool.id}`,
    at: `${pool.at}.reliability`,
    state: pool.state,
    claim: "at-most",
    unit,
    inputs: [
      ...needs(pool, plan),
      limitTerm(unit, {
        name: `spare ${unit}s`,
        value: stated,
        from: `${pool.at}.${unit === "rack" ? "spareRacks" : "instances.spare"}`,
      }),
    ],
    message: ({ computed, limit }) =>
      `pool ${pool.id}: ${share} of the time needs ${computed?.missing.length ? "an unknown number of" : computed?.known} spare ${unit}s${average}; has ${limit}`,
  };
}

/** What is needed, or what is missing to tell. */
const needs = (pool: PoolPlan, { unit, needed, missing }: SparesPlan): readonly Input[] =>
  needed === null
    ? missing.map((from) => needTerm(unit, { name: "spares needed", value: null, from }))
    : [needTerm(unit, { name: "spares needed", value: needed, from: `${pool.at}.reliability` })];
