import { condition } from "../../rule.ts";
import { capacityRule, promisesKept } from "./capacity-subject.ts";

/** What users are promised is kept in the busiest minute. */
export const objective = capacityRule(
  {
    id: "serving/objective",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim:
      "at the peak, 95 of a hundred first tokens and gaps stay within the objective, at the slow end of the interval",
    why: "capacity that is only right on the mean breaks its promise in every burst",
    formula:
      "P95 of time to first token ≤ objective.timeToFirstToken ∧ P95 of the time between tokens ≤ objective.interToken, every step as slow as the interval's end",
    source: "simulation of continuous batching on a roofline of the step; interval that holds 80 % of measured runs",
    inputs:
      "serving.endpoints: model, precision, widths, replicas, traffic, objective; catalog: architecture, GPU, trace, measured runs",
    pass: "both hold at the slow end, and no measured run contradicts",
    fail: "one does not hold even at the fast end, requests pile up, or a measured run is slower than promised at no more load",
    unproved: "the interval spans the objective, or the traffic, the objective or a fact of the catalog is unknown",
    fix: "more replicas, wider copies, a smaller weight format, or a looser objective; measured runs narrow the interval",
    manualCheck: "millrace plan <site> --why: both percentiles with their interval beside the objective",
    notApplicable: "the site has no endpoint",
  },
  "both promises are kept at the peak",
  (capacity, at) => [
    ...promisesKept(capacity.atPeak, capacity, "at the peak", at),
    condition(
      capacity.contradiction ?? "no measured run contradicts",
      capacity.contradiction === null,
      `${at}.objective.interToken`,
    ),
  ],
);
