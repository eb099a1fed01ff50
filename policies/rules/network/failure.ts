import type { FabricPlan } from "../../../components/network/fabric-types.ts";
import { limitTerm, needTerm, type Rule, type Subject } from "../../rule.ts";

/** Whichever one link, port or switch is lost, every node keeps the share of its bandwidth that the site asks for. */
export const failure: Rule = {
  id: "network/failure",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "energized",
  claim: "bandwidth that a node must keep ≤ what the worst loss of one link, port or switch leaves it",
  why: "a job runs at the speed of its slowest node: one lost leaf slows the whole of it",
  formula: "keeps ≤ min over single losses of 1 − lost share of the node's ways out",
  source: "symmetry of the fat tree; checked against the loss of every single element of small fabrics, one by one",
  inputs: "network.fabrics: keeps, planes, leaf; switches as sized",
  pass: "every single loss leaves at least that share",
  fail: "some single loss leaves less",
  unproved: "the fabric cannot be sized",
  fix: "spread the nodes over more planes, rails or spines, or ask for less in keeps",
  manualCheck: "millrace fabric <site> --list failures: the least share left",
  notApplicable: "no fabric of the site has spines: access fabrics carry no collective traffic",
  subjects: ({ plan }) => plan.network.fabrics.filter(({ leafOf }) => leafOf !== "access").map(subject),
};

/** Parts in a million, so that both sides are whole. */
const inParts = (share: number): number => Math.round(share * 1e6);
const percent = (parts: number): string => `${Number((parts / 1e4).toFixed(3))} %`;

function subject({ id, building, state, at, keeps, failures, missing }: FabricPlan): Subject {
  const single = failures.filter(({ element }) => element !== "plane");
  const worst = single.toSorted((one, other) => one.left - other.left)[0];
  return {
    id: `${building}.${id}`,
    at: `${at}.keeps`,
    state,
    claim: "at-most",
    unit: "ppm",
    inputs: [
      needTerm("ppm", { name: "bandwidth to keep", value: inParts(keeps), from: `${at}.keeps` }),
      limitTerm("ppm", {
        name: worst === undefined ? "bandwidth left" : `bandwidth left when one ${worst.element} is lost`,
        value: worst === undefined ? null : inParts(worst.left),
        from: worst === undefined ? (missing[0] ?? at) : at,
      }),
    ],
    message: ({ limit }) =>
      worst === undefined || limit === null
        ? `${id} in ${building}: must keep ${percent(inParts(keeps))} and cannot be sized`
        : `${id} in ${building}: the loss of one ${worst.element} leaves ${worst.nodes} nodes ${percent(Number(limit))}, must be ${percent(inParts(keeps))}`,
  };
}
