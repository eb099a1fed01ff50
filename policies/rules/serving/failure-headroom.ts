import { leftWords } from "../../../components/serving/capacity-plan.ts";
import { condition } from "../../rule.ts";
import { capacityRule, promisesKept } from "./capacity-subject.ts";

/** The peak is carried without the rack or instance that holds most of the replicas. */
export const failureHeadroom = capacityRule(
  {
    id: "serving/failure-headroom",
    enforcement: "mandatory",
    severity: "high",
    mandatoryFrom: "energized",
    claim: "without the rack or rented instance that holds most replicas, the others keep the objective at the peak",
    why: "they go down for repair, rollouts and faults; the busiest minute does not wait for them",
    formula: "as serving/objective, with replicas − replicas that one rack or instance holds",
    source: "NVIDIA GB300 NVL72: a rack is one power and cooling domain; queues may pack a rack full",
    inputs: "as serving/objective; schedulable nodes of a rack, GPUs of an instance",
    pass: "both promises hold at the slow end of the interval",
    fail: "one does not hold even at the fast end, requests pile up, or one of them holds all replicas",
    unproved: "the interval spans the objective, or the traffic, the objective or a fact of the catalog is unknown",
    fix: "more replicas than the peak needs by those of one rack or instance",
    manualCheck: "millrace plan <site> --why: the endpoint with a rack or an instance lost",
    notApplicable: "the site has no endpoint",
  },
  "both promises are kept at the peak with a rack or an instance lost",
  (capacity, at) => {
    const { left, operation } = capacity.unitLost;
    return left.some(({ replicas }) => replicas === 0)
      ? [condition("replicas are left when it is lost", false, `${at}.replicas`)]
      : promisesKept(operation, capacity, `with ${leftWords(capacity.unitLost)} left`, at);
  },
);
