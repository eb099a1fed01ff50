import { type NetBoxRule, placeIn } from "../../netbox/context.ts";
import { limitTerm, needTerm } from "../../rule.ts";

const CONTINUOUS_PERCENT = 80;

/** A breaker that is not 100 % rated carries 80 % for long. */
export const feedDerating: NetBoxRule = {
  id: "netbox/feed-derating",
  enforcement: "advisory",
  severity: "high",
  mandatoryFrom: null,
  claim: "max_utilization of a feed ≤ 80 %",
  why: "a load of three hours or more at the rating of an ordinary breaker trips it",
  formula: "max_utilization ≤ 80",
  source: "NEC 210.20(A), 215.3: continuous load at most 80 % of a breaker that is not 100 % rated",
  inputs: "max_utilization",
  pass: "at most 80 %",
  fail: "more than 80 %: right only for a breaker that is 100 % rated",
  unproved: "the feed states no max_utilization",
  fix: "write max_utilization: 80, or keep it where the breaker is 100 % rated",
  manualCheck: "read the rating of the breaker on its label",
  notApplicable: "no power feed in the files",
  subjects: ({ file }) =>
    file.feeds.map((feed) => {
      const from = placeIn(feed, "max_utilization");
      return {
        id: `${feed.panel}.${feed.name}`,
        at: from,
        state: null,
        claim: "at-most",
        unit: "%",
        inputs: [
          needTerm("%", { name: "max_utilization", value: feed.maxUtilizationPercent, from }),
          limitTerm("%", { name: "continuous load", value: CONTINUOUS_PERCENT, from: "" }),
        ],
        message: () =>
          `feed ${feed.name}: ${feed.maxUtilizationPercent ?? "an unknown"} % of its breaker, ${CONTINUOUS_PERCENT} % for a continuous load`,
      };
    }),
};
